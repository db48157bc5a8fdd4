import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { renew } from './shell.ts';

/** A worker on its way, and its registration. */
class Coming extends EventTarget {
  state = 'installing';
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

const workers = (registration: object): ServiceWorkerContainer =>
  ({ getRegistration: () => Promise.resolve(registration) }) as unknown as ServiceWorkerContainer;

describe('[FORM4] the new version is fetched when somebody wants it', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is loaded once the worker that has it took over', async () => {
    const [coming, reload] = [new Coming(), vi.fn()];
    const done = renew(workers({ update: () => Promise.resolve(), installing: coming }), reload);
    await vi.advanceTimersByTimeAsync(100);
    expect(reload).not.toHaveBeenCalled();
    coming.become('installed');
    await vi.advanceTimersByTimeAsync(100);
    expect(reload).not.toHaveBeenCalled();
    coming.become('activated');
    await done;
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('does not wait for ever, nor fail without a network or a worker', async () => {
    const reload = vi.fn();
    await renew(undefined, reload);
    await renew(workers({ update: () => Promise.reject(new TypeError('offline')) }), reload);
    expect(reload).toHaveBeenCalledTimes(2);
    const stuck = renew(workers({ update: () => Promise.resolve(), installing: new Coming() }), reload);
    await vi.advanceTimersByTimeAsync(10_000);
    await stuck;
    expect(reload).toHaveBeenCalledTimes(3);
  });
});

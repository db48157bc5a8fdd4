import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Pass } from './api.ts';
import { draftKey, inherit, keepDraft, readDraft, writers } from './drafts.ts';

const ANA = { workshop: 'w', person: 'ana' } as Pass;
const BEN = { workshop: 'w', person: 'ben' } as Pass;

/** As much of a browser's storage as is used. */
class Storage {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- that is what it is for
    delete this[key];
  }
}

describe('[WRITE8] words that were not sent', () => {
  beforeEach(() => {
    vi.stubGlobal('localStorage', new Storage());
    vi.stubGlobal('sessionStorage', new Storage());
  });

  it('are of one tab and one person; what closed tabs left is taken over, and nothing written over', () => {
    const put = (pass: Pass, client: string, name: string, text: string): void => {
      keepDraft(draftKey(pass, client, name), text);
    };
    const read = (pass: Pass, client: string, name: string): string =>
      readDraft(draftKey(pass, client, name));
    put(ANA, 'open', 'b.s', 'of a tab that is open');
    put(ANA, 'shut', 'b.s', 'in one place');
    put(ANA, 'shut', 'b.other', 'in another.place');
    put(ANA, 'older', 'b.s', 'of an older tab');
    put(BEN, 'bens', 'b.s', 'of somebody else');
    expect(writers(ANA)).toEqual(['open', 'shut', 'older']);

    inherit(ANA, 'new', ['shut', 'older']);
    expect(read(ANA, 'new', 'b.s')).toBe('in one place');
    expect(read(ANA, 'new', 'b.other')).toBe('in another.place');
    expect(read(ANA, 'open', 'b.s')).toBe('of a tab that is open');
    expect(writers(ANA)).toEqual(['new', 'open', 'older']);

    put(ANA, 'new', 'b.s', '');
    inherit(ANA, 'next', ['new', 'older']);
    expect(read(ANA, 'next', 'b.s')).toBe('of an older tab');
    expect(writers(ANA)).toEqual(['next', 'open']);
    expect(writers(BEN)).toEqual(['bens']);
  });
});

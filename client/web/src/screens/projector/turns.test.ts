import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Room } from '../../parts/room.svelte.ts';
import { EACH_MS, Turns } from './turns.svelte.ts';

const room = { live: { boards: [{ id: 'one' }, { id: 'two' }] } } as unknown as Room;

describe('[SCENE6] the keys of a big screen', () => {
  const after = (...keys: string[]) => {
    const turns = new Turns(room);
    for (const key of keys) turns.press(key);
    return turns;
  };

  it('go through the boards and come round to all of them', () => {
    expect(after('ArrowRight').board).toBe('one');
    expect(after('ArrowRight', 'PageDown').board).toBe('two');
    expect(after('ArrowRight', ' ', 'PageDown').board).toBeNull();
    expect(after('PageUp').board).toBe('two');
    expect(after('ArrowLeft', 'ArrowLeft').board).toBe('one');
    expect(after('ArrowRight', 'Escape').board).toBeNull();
  });

  it('make the wall black, and the next one only brings the picture back', () => {
    expect(after('ArrowRight', 'b')).toMatchObject({ black: true, board: 'one' });
    expect(after('ArrowRight', 'b', 'B')).toMatchObject({ black: false, board: 'one' });
    expect(after('ArrowRight', 'b', 'PageDown')).toMatchObject({ black: false, board: 'one' });
  });

  it('say nothing where they are others', () => {
    expect(new Turns(room).press('x')).toBe(false);
    expect(new Turns(room).press('Tab')).toBe(false);
  });
});

describe('[SCENE7] boards in turn', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('have the wall one after the other, until a key is pressed', () => {
    const turns = new Turns(room);
    turns.press('r');
    const seen = [turns.board];
    for (let n = 0; n < 3; n += 1) {
      vi.advanceTimersByTime(EACH_MS);
      seen.push(turns.board);
    }
    expect(seen).toEqual(['one', 'two', null, 'one']);
    turns.press('ArrowRight');
    vi.advanceTimersByTime(EACH_MS * 3);
    expect(turns.board).toBe('two');
  });

  it('end with another step', () => {
    const turns = new Turns(room);
    turns.press('R');
    turns.home();
    vi.advanceTimersByTime(EACH_MS * 3);
    expect(turns.board).toBeNull();
  });
});

/** Carrying somebody to another group by their face: mouse, pen or finger. What is under the hand says where to. */

import type { Person } from '../../protocol/types.ts';

/** So far a hand moves before it carries: a tap is no move. */
const SLACK = 6;

export class Carry {
  person = $state.raw<Person | null>(null);
  at = $state.raw({ x: 0, y: 0 });
  /** The group under the hand; '' is none at all, null nowhere. */
  over = $state.raw<string | null>(null);

  constructor(private readonly drop: (person: Person, board: string | null) => void) {}

  take(event: PointerEvent, person: Person): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const [x, y] = [event.clientX, event.clientY];
    const ends = new AbortController();
    const { signal } = ends;
    const end = (): void => {
      ends.abort();
      this.person = null;
      this.over = null;
    };
    window.addEventListener(
      'pointermove',
      (moved) => {
        if (!this.person && Math.hypot(moved.clientX - x, moved.clientY - y) < SLACK) return;
        this.person = person;
        this.at = { x: moved.clientX, y: moved.clientY };
        this.over = groupAt(moved.clientX, moved.clientY);
      },
      { signal },
    );
    window.addEventListener(
      'pointerup',
      () => {
        if (this.person && this.over !== null && this.over !== (person.board ?? ''))
          this.drop(person, this.over || null);
        end();
      },
      { signal },
    );
    window.addEventListener('pointercancel', end, { signal });
  }
}

function groupAt(x: number, y: number): string | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-group]')?.dataset['group'] ?? null;
}

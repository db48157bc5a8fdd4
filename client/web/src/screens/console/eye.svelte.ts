/** The facilitator's eye: what there is to know of each group, from what this console is sent ([MON1]). */

import { getContext, setContext, untrack } from 'svelte';

import type { Room } from '../../parts/room.svelte';
import type { Board, Note, Person, Section } from '../../protocol/types';
import type { Turn } from '../../store/places.svelte';
import { quietFor } from './quiet';

export interface Filled {
  section: Section;
  all: number;
  sealed: number;
}

export interface Group {
  board: Board;
  people: Person[];
  /** Who of them is not connected. */
  away: Person[];
  /** Who said that they are ready, where that is asked. */
  ready: Person[];
  /** Commands on their devices that are not saved, as far as is known. */
  unsaved: number;
  sections: Filled[];
}

export class Eye {
  /** When each board was touched last, as far as this console saw it; else when its newest note was written. */
  private touched = $state.raw<Readonly<Record<string, number>>>({});

  constructor(private readonly room: Room) {}

  /** Look on, until it is called off. */
  follow(): () => void {
    return untrack(() =>
      this.room.live.onTouch((turns) => {
        this.touch(turns.filter(([before, after]) => !isRevealed(before, after)));
      }),
    );
  }

  readonly groups: Group[] = $derived.by(() => this.room.live.boards.map((board) => this.groupOf(board)));

  private groupOf(board: Board): Group {
    const { live, asksReady } = this.room;
    const people = this.room.peopleOn(board.id);
    return {
      board,
      people,
      away: people.filter(({ id, host }) => !live.present.has(host ?? id)),
      ready: people.filter(({ ready }) => asksReady && ready === live.step?.id),
      unsaved: people.reduce((sum, { id }) => sum + (live.present.get(id)?.unsaved ?? 0), 0),
      sections: live.sections.map((section) => ({
        section,
        all: live.count(board.id, section.id),
        sealed: live.sealed(board.id, section.id),
      })),
    };
  }

  /** How long ago the board was touched, ms; null: not yet. Somebody who types touches it. */
  since(board: string): number | null {
    const types = this.room.here.some(({ present }) => present.typing && present.board === board);
    const at = this.touched[board];
    return types ? 0 : at === undefined ? null : Math.max(0, this.room.now - at);
  }

  /** [MON4] For how long it has been quiet, ms; 0: it is not. */
  quiet({ board, people, away }: Group): number {
    const { live, now, clock } = this.room;
    return quietFor({
      writes: live.step?.step === 'write' && !board.locked && clock?.stands !== true,
      here: people.length - away.length,
      began: now - (live.workshop?.step_started ?? now),
      touched: this.since(board.id),
    });
  }

  private touch(turns: readonly Turn[]): void {
    const touched = { ...this.touched };
    const now = this.room.live.now();
    for (const [before, after] of turns) {
      const at = before === undefined && after ? after.at : now;
      for (const board of [before?.board, after?.board])
        if (board !== undefined) touched[board] = Math.max(touched[board] ?? 0, at);
    }
    this.touched = touched;
  }
}

/** Turned over by the facilitator: nobody touched it. */
function isRevealed(before: Note | undefined, after: Note | undefined): boolean {
  return before?.sealed === true && after?.sealed === false;
}

const KEY = Symbol('eye');

export function provideEye(room: Room): Eye {
  return setContext(KEY, new Eye(room));
}

export function useEye(): Eye {
  return getContext<Eye>(KEY);
}

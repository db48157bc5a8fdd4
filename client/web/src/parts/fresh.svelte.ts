import type { Attachment } from 'svelte/attachments';
import { SvelteSet } from 'svelte/reactivity';

import type { Note } from '../protocol/types.ts';
import type { Live } from '../store/live.svelte.ts';
import { keepLooked, lookedAt, type Looked } from './looked.ts';

const SEEN_MS = 1_400;

/** Notes of others that came since this device last looked at their board, and were not in sight yet ([FIND2]). */
export class Fresh {
  private readonly fresh = new SvelteSet<string>();
  private readonly marks: Record<string, Looked | null> = {};
  /** When the newest note of a board was written. */
  private readonly newest: Record<string, number> = {};
  private started = false;

  constructor(private readonly live: Live) {}

  /** Look what comes, until it is called off; of what is there at first, new is what was not seen last time. */
  follow(): () => void {
    return this.live.onNotes((turns) => {
      for (const [before, after] of turns) {
        if (after) this.newest[after.board] = Math.max(after.at, this.newest[after.board] ?? 0);
        if (before && !after) this.fresh.delete(before.id);
        else if (!before && after && this.isNew(after)) this.fresh.add(after.id);
      }
      this.started = true;
    });
  }

  /** A board is before one's eyes, until it is called off: what comes from then on is new the next time. */
  look(board: string): () => void {
    const keep = (): void => {
      const left = [...this.fresh].filter((id) => this.live.note(id)?.board === board);
      keepLooked(this.live.pass.workshop, board, { at: this.newest[board] ?? 0, left });
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') keep();
    };
    keep();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', keep);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }

  has(id: string): boolean {
    return this.fresh.has(id);
  }

  /** The new ones among the notes of a place. */
  in(board: string, section?: string): Note[] {
    return [...this.fresh]
      .map((id) => this.live.note(id))
      .filter((note) => note !== undefined)
      .filter((note) => note.board === board && !note.binned && (section ?? note.section) === note.section);
  }

  /** Seen for a moment, by an open eye: not new any more. */
  watch(id: string): Attachment {
    return (node) => {
      let wait: ReturnType<typeof setTimeout> | undefined;
      const eye = new IntersectionObserver(([entry]) => {
        clearTimeout(wait);
        if (!entry?.isIntersecting) return;
        const look = (): void => {
          if (document.visibilityState === 'visible') this.fresh.delete(id);
          else wait = setTimeout(look, SEEN_MS);
        };
        wait = setTimeout(look, SEEN_MS);
      });
      eye.observe(node);
      return () => {
        clearTimeout(wait);
        eye.disconnect();
      };
    };
  }

  private isNew(note: Note): boolean {
    if (note.sealed || this.live.isMine(note.by)) return false;
    if (this.started) return true;
    const mark = this.markOf(note.board);
    return mark !== null && (note.at > mark.at || mark.left.includes(note.id));
  }

  private markOf(board: string): Looked | null {
    const known = this.marks[board];
    if (known !== undefined) return known;
    const mark = lookedAt(this.live.pass.workshop, board);
    this.marks[board] = mark;
    return mark;
  }
}

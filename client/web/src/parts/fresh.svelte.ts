import type { Attachment } from 'svelte/attachments';
import { SvelteSet } from 'svelte/reactivity';

import type { Live } from '../store/live.svelte.ts';

const SEEN_MS = 1_400;

/** Notes of others that came since this page was opened and were not in sight yet. */
export class Fresh {
  private readonly fresh = new SvelteSet<string>();
  private known: readonly string[] | null = null;

  /** Look what came; of what is there at first, nothing is new. */
  notice(live: Live): void {
    const notes = live.boards.flatMap((board) => live.notesOn(board.id));
    const known = this.known && Object.fromEntries(this.known.map((id) => [id, true]));
    this.known = notes.map((note) => note.id);
    if (!known) return;
    for (const note of notes) {
      if (!known[note.id] && !note.sealed && note.by !== live.pass.person) this.fresh.add(note.id);
    }
  }

  has(id: string): boolean {
    return this.fresh.has(id);
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
}

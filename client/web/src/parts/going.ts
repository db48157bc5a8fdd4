import type { Note } from '../protocol/types.ts';
import { t } from '../words/index.ts';
import { newNote } from './drafts.svelte.ts';
import type { Room } from './room.svelte.ts';

/** So long a note may take to be drawn where it went, in ms. */
const SOON_MS = 400;

/** An editing whose note was taken from under the hand: the note as it was when it began, its words, where the caret was. */
export interface Editing {
  note: Note;
  text: string;
  caret: [number, number];
  /** It is over: the words are sent, or (`false`) stand elsewhere. */
  end: (sends: boolean) => void;
}

/** Who writes in a note goes on writing, whatever others do with the note meanwhile ([WRITE4]). */
export class Going {
  private left: Editing | null = null;

  constructor(private readonly room: Room) {}

  /** It is not drawn any more where one wrote in it. */
  leave(editing: Editing): void {
    const { id } = editing.note;
    this.left = editing;
    const there = this.isHere(editing.note);
    if (there) this.room.sought = id;
    setTimeout(
      () => {
        if (this.left === editing) this.end(editing);
      },
      there ? SOON_MS : 0,
    );
  }

  /** It is drawn here now: what one was writing in it, if anything. */
  take(id: string): Editing | null {
    if (this.left?.note.id !== id) return null;
    const editing = this.left;
    this.left = null;
    return editing;
  }

  /** Whether the board that one sees will show it. */
  private isHere({ id, board }: Note): boolean {
    const now = this.room.live.note(id);
    if (!now || now.binned || now.board !== board || !this.room.search.matches(now)) return false;
    return now.stack === null || this.room.fanned.has(now.stack);
  }

  /** It is nowhere to be seen: it is told where the words are, and the keys go on into the place where one writes. */
  private end({ note, text, end }: Editing): void {
    this.left = null;
    if (this.room.sought === note.id) this.room.sought = null;
    const now = this.room.live.note(note.id);
    const composer = document.querySelector<HTMLTextAreaElement>(`[data-composer="${note.section}"]`);
    const gone = !now || now.binned;
    end(!gone || !composer);
    if (gone && composer) {
      const draft = newNote(this.room.live, note.board, note.section);
      draft.text = [draft.text.trim(), text].filter(Boolean).join('\n');
    }
    this.room.tell(t(gone && composer ? 'note.goneBelow' : gone ? 'note.goneAway' : 'note.wentAway'));
    if (document.activeElement === document.body) composer?.focus();
  }
}

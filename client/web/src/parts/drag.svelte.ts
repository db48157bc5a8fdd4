import type { Note } from '../protocol/types.ts';
import { moveNote } from '../store/intents.ts';
import { brief, t } from '../words/index.ts';
import type { Room } from './room.svelte.ts';

export interface Spot {
  board: string;
  section: string;
  /** The note before which it would lie; null: at the end. */
  before: string | null;
}

const HOLD_MS = 180;
const MOUSE_SLACK = 4;
const TOUCH_SLACK = 9;
const EDGE = 72;

/** A note in the hand: by mouse at once, by touch after a short hold, by keyboard with Space and arrows. */
export class Drag {
  note = $state.raw<Note | null>(null);
  over = $state.raw<Spot | null>(null);
  at = $state.raw({ x: 0, y: 0, width: 0 });
  byKeys = $state(false);

  constructor(private readonly room: Room) {}

  /** A pointer went down on `note`. Whether this becomes a drag shows when it moves, or rests. */
  press(event: PointerEvent, note: Note): void {
    const node = event.currentTarget as HTMLElement;
    const inner = (event.target as HTMLElement).closest('button, textarea, input, a');
    if (event.button !== 0 || (inner && inner !== node) || this.note) return;
    const box = node.getBoundingClientRect();
    const start = { x: event.clientX, y: event.clientY };
    const mouse = event.pointerType === 'mouse';
    const lift = (): void => {
      this.note = note;
      this.at = { x: box.x, y: box.y, width: box.width };
      this.over = this.spotAt(start.x, start.y);
      if (!mouse && 'vibrate' in navigator) navigator.vibrate(8);
    };
    const hold = mouse ? undefined : setTimeout(lift, HOLD_MS);
    const gone = new AbortController();
    const end = (): void => {
      clearTimeout(hold);
      gone.abort();
      this.room.held = false;
      this.cancel();
    };
    const move = (moved: PointerEvent): void => {
      if (moved.pointerId !== event.pointerId) return;
      const [dx, dy] = [moved.clientX - start.x, moved.clientY - start.y];
      if (!this.note) {
        if (Math.hypot(dx, dy) < (mouse ? MOUSE_SLACK : TOUCH_SLACK)) return;
        if (!mouse) {
          end();
          return;
        }
        lift();
      }
      this.at = { x: box.x + dx, y: box.y + dy, width: box.width };
      this.over = this.spotAt(moved.clientX, moved.clientY);
    };
    this.room.held = true;
    const signal = gone.signal;
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener(
      'pointerup',
      () => {
        this.drop();
        end();
      },
      { signal },
    );
    window.addEventListener('pointercancel', end, { signal });
    window.addEventListener(
      'keydown',
      (key) => {
        if (key.key === 'Escape') end();
      },
      { signal },
    );
  }

  /** Keys on a focused note: Space lifts and puts down, arrows move, Escape puts back. True: it was one of them. */
  key(event: KeyboardEvent, note: Note): boolean {
    if (event.key === ' ' && !this.note) {
      const list = this.room.live.notes(note.board, note.section);
      const after = list[list.findIndex((n) => n.id === note.id) + 1];
      this.byKeys = true;
      this.note = note;
      this.over = { board: note.board, section: note.section, before: after?.id ?? null };
      this.room.say(t('note.lifted'));
      return true;
    }
    if (!this.note || !this.byKeys) return false;
    if (event.key === ' ' || event.key === 'Enter') {
      const section = this.room.section(this.over?.section ?? '')?.title ?? '';
      this.drop();
      this.room.say(t('note.dropped', { section }));
      this.cancel();
      return true;
    }
    if (event.key === 'Escape') {
      this.room.say(t('note.putBack'));
      this.cancel();
      return true;
    }
    return this.step(event.key);
  }

  cancel(): void {
    this.note = null;
    this.over = null;
    this.byKeys = false;
  }

  private drop(): void {
    const { note, over } = this;
    if (!note || !over) return;
    const all = this.room.live.notes(over.board, over.section);
    const there = all.filter((other) => other.id !== note.id);
    const found = there.findIndex((other) => other.id === over.before);
    const place = over.before === null || found < 0 ? there.length : found;
    const same = note.board === over.board && note.section === over.section;
    if (same && all.findIndex((other) => other.id === note.id) === place) return;
    this.room.undo.moved(note);
    moveNote(this.room.live, note, { board: over.board, section: over.section, place });
  }

  private step(key: string): boolean {
    const { over, note } = this;
    if (!over || !note) return false;
    const there = this.room.live.notes(over.board, over.section).filter((n) => n.id !== note.id);
    const found = there.findIndex((n) => n.id === over.before);
    const place = found < 0 ? there.length : found;
    const sections = this.room.live.sections;
    const at = sections.findIndex((s) => s.id === over.section);
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const down = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (aside) {
      const section = sections[at + aside];
      if (section) {
        const first = this.room.live.notes(over.board, section.id)[0];
        this.over = { board: over.board, section: section.id, before: first?.id ?? null };
      }
    } else if (down) {
      const next = Math.max(0, Math.min(there.length, place + down));
      this.over = { ...over, before: there[next]?.id ?? null };
    } else {
      return false;
    }
    const title = this.room.section(this.over?.section ?? '')?.title ?? '';
    const before = this.over?.before ? this.room.live.note(this.over.before) : undefined;
    this.room.say(before ? `${title}, ${brief(before.text, 30)}` : title);
    return true;
  }

  private spotAt(x: number, y: number): Spot | null {
    const target = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]');
    const { board, section } = target?.dataset ?? {};
    if (!target || !board || !section) return null;
    const scroller = target.querySelector('[data-scroll]');
    const box = scroller?.getBoundingClientRect();
    if (scroller && box && y > box.bottom - EDGE) scroller.scrollBy(0, 10);
    if (scroller && box && y < box.top + EDGE) scroller.scrollBy(0, -10);
    const notes = [...target.querySelectorAll<HTMLElement>('[data-note]')];
    const behind = notes.find((node) => {
      const place = node.getBoundingClientRect();
      return node.dataset['note'] !== this.note?.id && y < place.top + place.height / 2;
    });
    const first = this.room.live.notes(board, section)[0];
    return { board, section, before: (notes.length ? behind?.dataset['note'] : first?.id) ?? null };
  }
}

import type { Attachment } from 'svelte/attachments';

import { isHeld } from '../store/held.ts';
import { behind, moveItems, placeBefore, reorder, stackOn } from '../store/stacking.ts';
import type { Item } from '../store/places.svelte.ts';
import { brief, t } from '../words/index.ts';
import { onward } from './direction.ts';
import { Edges } from './edges.ts';
import type { Room } from './room.svelte.ts';

export interface Spot {
  board: string;
  section: string;
  /** The item before which it would lie; null: at the end. In a stack: the note. */
  before: string | null;
  /** The stack in which it would be put in order. */
  stack?: string | null;
  /** The item on which it would be stacked. */
  onto?: string | null;
}

/** The middle of an item, in shares of its height: who drops there means the item itself, not the gap beside it. */
const MIDDLE = [0.3, 0.72] as const;
const HOLD_MS = 180;
const MOUSE_SLACK = 4;
const TOUCH_SLACK = 9;

/** A note or a stack in the hand: by mouse at once, by touch after a short hold, by keyboard with Space and arrows. */
export class Drag {
  note = $state.raw<Item | null>(null);
  over = $state.raw<Spot | null>(null);
  byKeys = $state(false);

  /** Where what is in the hand is drawn, and how wide, in px; it goes with the hand without a word to the rest of the page. */
  private at = { x: 0, y: 0, width: 0 };
  private ghost: HTMLElement | undefined;

  /** Ends what a pointer began. */
  private letGo: (() => void) | undefined;

  /** The section under the hand. */
  private under: HTMLElement | null = null;

  constructor(private readonly room: Room) {}

  /** This is what the hand carries, for as long as it lasts. */
  readonly carried: Attachment<HTMLElement> = (ghost) => {
    this.ghost = ghost;
    this.carry();
    return () => (this.ghost = undefined);
  };

  /** A pointer went down on `note`. Whether this becomes a drag shows when it moves, or rests. */
  press(event: PointerEvent, note: Item): void {
    const node = event.currentTarget as HTMLElement;
    const inner = (event.target as HTMLElement).closest('button, textarea, input, a');
    if (event.button !== 0 || (inner && inner !== node) || this.note) return;
    const box = node.getBoundingClientRect();
    const start = { x: event.clientX, y: event.clientY };
    const mouse = event.pointerType === 'mouse';
    const lift = (): void => {
      this.note = note;
      this.at = { x: box.x, y: box.y, width: box.width };
      this.look(start.x, start.y);
      if (!mouse && 'vibrate' in navigator) navigator.vibrate(8);
    };
    const hold = mouse ? undefined : setTimeout(lift, HOLD_MS);
    const gone = new AbortController();
    let hand = start;
    const edges = new Edges(() => {
      this.look(hand.x, hand.y);
    });
    const end = (): void => {
      clearTimeout(hold);
      edges.stop();
      gone.abort();
      this.room.held = false;
      this.cancel();
    };
    this.letGo = end;
    const move = (moved: PointerEvent): void => {
      if (moved.pointerId !== event.pointerId) return;
      const [dx, dy] = [moved.clientX - start.x, moved.clientY - start.y];
      if (!this.note) {
        if (Math.hypot(dx, dy) < (mouse ? MOUSE_SLACK : TOUCH_SLACK)) return;
        if (mouse) lift();
        else end();
      }
      if (!this.note) return;
      hand = { x: moved.clientX, y: moved.clientY };
      this.look(hand.x, hand.y);
      edges.moved(hand.x, hand.y, this.under);
      // Only now: what is looked at after something moved is laid out anew.
      this.at = { x: box.x + dx, y: box.y + dy, width: box.width };
      this.carry();
    };
    this.room.held = true;
    const signal = gone.signal;
    const up = (): void => {
      const rested = !mouse && hand === start && this.note;
      if (rested) this.choose(rested);
      else this.drop();
      end();
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') end();
    };
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', up, { signal });
    window.addEventListener('pointercancel', end, { signal });
    window.addEventListener('keydown', key, { signal });
  }

  /** Keys on a focused note: Space lifts and puts down, arrows move, Escape puts back. True: it was one of them. */
  key(event: KeyboardEvent, note: Item): boolean {
    if (event.key === ' ' && !this.note) {
      const stack = note.kind === 'note' ? note.stack : null;
      const list = this.listOf({ board: note.board, section: note.section, before: null, stack });
      const after = list[list.findIndex((n) => n.id === note.id) + 1];
      this.byKeys = true;
      this.note = note;
      this.over = { board: note.board, section: note.section, before: after?.id ?? null, stack };
      this.room.say(t(note.kind === 'stack' ? 'stack.lifted' : 'note.lifted'));
      return true;
    }
    if (!this.note || !this.byKeys) return false;
    if (event.key === ' ' || event.key === 'Enter') {
      const section = this.room.section(this.over?.section ?? '')?.title ?? '';
      const words = this.over?.onto ? t('stack.stacked') : t('note.dropped', { section });
      this.drop();
      this.room.sought = note.id;
      this.room.say(words);
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

  /** Whatever is in the hand goes back to where it was; the hand carries nothing more. */
  end(): void {
    this.letGo?.();
    this.cancel();
  }

  private cancel(): void {
    this.note = null;
    this.over = null;
    this.byKeys = false;
  }

  private carry(): void {
    if (!this.ghost) return;
    const { x, y, width } = this.at;
    this.ghost.style.width = `${width}px`;
    this.ghost.style.translate = `${x}px ${y}px`;
  }

  private drop(): void {
    const { note, over } = this;
    if (!note || !over) return;
    const { live } = this.room;
    const onto = this.room.item(over.onto ?? null);
    if (onto && [note, onto].some((one) => one.kind === 'note' && isHeld(one))) {
      this.room.tell(t('hold.noStack'));
      return;
    }
    if (onto) {
      const made = stackOn(live, [note], onto);
      this.room.tell(t('stack.stacked'), true, made);
      return;
    }
    const all = this.listOf(over);
    const there = all.filter((other) => other.id !== note.id);
    const place = placeBefore(there, over.before);
    if (all[place]?.id === note.id) return;
    if (over.stack && note.kind === 'note') reorder(live, note, over.stack, over.before);
    else moveItems(live, [note], over);
    if (note.board === over.board && note.section === over.section) return;
    const section = this.room.section(over.section)?.title ?? '';
    this.room.tell(t('note.dropped', { section }), true);
  }

  /** A finger that rested on a note and was taken off: it is chosen, and so is what is tapped next. */
  private choose(item: Item): void {
    const ids = item.kind === 'stack' ? this.room.live.inside(item.id).map(({ id }) => id) : [item.id];
    this.room.selection.toggle(ids);
    dropClick();
    this.room.say(t('select.count', { n: this.room.selection.notes.length }));
  }

  /** What lies where one would drop: the items of a section, or the notes of a stack. */
  private listOf(over: Spot): readonly Item[] {
    return over.stack ? this.room.live.inside(over.stack) : this.room.live.items(over.board, over.section);
  }

  private step(key: string): boolean {
    const { over, note } = this;
    if (!over || !note) return false;
    const there = this.listOf(over).filter((n) => n.id !== note.id);
    const place = placeBefore(there, over.before);
    const sections = this.room.live.sections;
    const at = sections.findIndex((s) => s.id === over.section);
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[key] && (key === onward() ? 1 : -1);
    const down = { ArrowUp: -1, ArrowDown: 1 }[key];
    const end = { Home: 0, End: there.length }[key];
    if (aside) {
      const section = sections[at + aside];
      if (section) {
        const first = this.room.live.items(over.board, section.id)[0];
        this.over = { board: over.board, section: section.id, before: first?.id ?? null };
      }
    } else if (down) {
      const next = Math.max(0, Math.min(there.length, place + down));
      const out = over.stack && place + down !== next;
      if (out) this.over = this.outOf(over, over.stack ?? '', down);
      else this.over = { ...over, onto: null, before: there[next]?.id ?? null };
    } else if (end !== undefined) {
      this.over = { ...over, onto: null, before: there[end]?.id ?? null };
    } else if (key.toLowerCase() === 'g') {
      const onto = over.onto ? null : (over.before ?? there.at(-1)?.id ?? null);
      if (!over.stack) this.over = { ...over, onto };
    } else {
      return false;
    }
    this.tell();
    return true;
  }

  /** Past the first or last note of a stack: beside it. */
  private outOf(over: Spot, stack: string, down: number): Spot {
    const { board, section } = over;
    const item = this.room.item(stack);
    if (down < 0 || !item) return { board, section, before: stack };
    return behind(this.room.live, item);
  }

  private tell(): void {
    const { over } = this;
    const title = this.room.section(over?.section ?? '')?.title ?? '';
    const item = this.room.item(over?.onto ?? over?.before ?? null);
    const text = item ? brief(this.room.textOf(item), 30) : '';
    if (over?.onto) this.room.say(t('stack.onto', { text }));
    else this.room.say(item ? `${title}, ${text}` : title);
  }

  /** What lies under the hand. Where that is the same as before, nobody hears of it. */
  private look(x: number, y: number): void {
    const hit = document.elementFromPoint(x, y);
    this.under = hit?.closest<HTMLElement>('[data-drop]') ?? null;
    const spot = this.spotIn(this.under, hit, y);
    if (!isSame(spot, this.over)) this.over = spot;
  }

  private spotIn(target: HTMLElement | null, hit: Element | null, y: number): Spot | null {
    const { board, section } = target?.dataset ?? {};
    if (!target || !board || !section) return null;
    const fan = hit?.closest<HTMLElement>('[data-fan]');
    if (fan && this.note?.kind === 'note') {
      const inner = this.gapAt([...fan.querySelectorAll<HTMLElement>('[data-inside]')], y);
      return { board, section, before: inner.before, stack: fan.dataset['fan'] ?? null };
    }
    const row = hit?.closest<HTMLElement>('[data-row]');
    const rows = row ? [...from(row)] : [...target.querySelectorAll<HTMLElement>('[data-row]')];
    const { before, onto } = this.gapAt(rows, y);
    const first = this.room.live.items(board, section)[0];
    return { board, section, before: (rows.length ? before : first?.id) ?? null, onto };
  }

  /** The item behind the gap at `y`, and the item whose middle is there. */
  private gapAt(nodes: readonly HTMLElement[], y: number): { before: string | null; onto: string | null } {
    for (const node of nodes) {
      const id = node.dataset['row'] ?? node.dataset['inside'] ?? '';
      const { top, height } = node.getBoundingClientRect();
      const share = (y - top) / height;
      const held = id === this.note?.id || (this.note?.kind === 'note' && id === this.note.stack);
      const middle = !held && share > MIDDLE[0] && share < MIDDLE[1];
      if (middle) return { before: id, onto: id };
      if (id !== this.note?.id && share <= 0.5) return { before: id, onto: null };
    }
    return { before: null, onto: null };
  }
}

/** A row and those behind it that can tell where one is on it: the next, and one more where that is in the hand. */
function* from(row: HTMLElement): Generator<HTMLElement> {
  let next: Element | null = row;
  for (let n = 0; n < 3 && next instanceof HTMLElement; n += 1, next = next.nextElementSibling) yield next;
}

function isSame(a: Spot | null, b: Spot | null): boolean {
  const parts = ['board', 'section', 'before', 'stack', 'onto'] as const;
  return (
    a === b || (a !== null && b !== null && parts.every((part) => (a[part] ?? null) === (b[part] ?? null)))
  );
}

/** The click that the browser makes of the same touch, if it makes one, does nothing more. */
function dropClick(): void {
  const gone = new AbortController();
  const drop = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    gone.abort();
  };
  window.addEventListener('click', drop, { capture: true, signal: gone.signal });
  window.addEventListener('pointerdown', () => gone.abort(), { capture: true, signal: gone.signal });
}

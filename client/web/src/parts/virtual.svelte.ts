import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

import { Layout } from './layout.ts';
import { glide } from './motion.ts';

/** What a list can hold: notes, stacks, anything with an id of its own. */
export interface Row {
  id: string;
}

/** Space below each row, in px. */
export const GAP = 10;
/** How far beyond what is seen rows are drawn, in px: as much as a quick finger passes before they are. */
const BEYOND = 640;
/** The same of a list that lies beside the screen, and is scrolled by nobody. */
const ASIDE = 80;
/** A list nearer to its top than this is read from the top: what comes there pushes the rest down. */
const AT_TOP = 6;
/** Without a scroll event for this long, the list stands, in ms. */
const STANDS_MS = 140;
/** In a list of more rows than this they do not glide to their places: it would cost a phone the next frame. */
const WATCHED = 60;
/** So many rows are tried to find one that can hold the view. */
const TRIES = 40;

/** A long list of which only what is near the screen is drawn ([WALL1]); what is read stays where it is ([WALL2]). */
export class Virtual<T extends Row> {
  /** The drawn rows, in order, and the place of each in the whole list. */
  shown = $state.raw<readonly T[]>([]);
  places = $state.raw<readonly number[]>([]);
  /** For those that lie by themselves, away from the screen: px from the list's top; null: in the flow. */
  tops = $state.raw<readonly (number | null)[]>([]);
  /** Room for the rows that are not drawn, in px. */
  before = $state(0);
  after = $state(0);

  private readonly layout = new Layout(GAP);
  private readonly nodes = new Map<string, HTMLElement>();
  private readonly eye = new ResizeObserver((entries) => this.measured(entries));
  /** Where the drawn rows were on the screen before the last filling. */
  private were = new Map<HTMLElement, DOMRect>();
  private items: readonly T[] = [];
  private kept: readonly string[] = [];
  private focused: string | null = null;
  private scroller: HTMLElement | null = null;
  private list: HTMLElement | null = null;
  /** Where the view is: px from the list's top, its height, and the list's place in the scroller. */
  private top = 0;
  private height = 800;
  private width = 0;
  private start = 0;
  /** The row that must not move, and how far its top is above the view's. */
  private anchor: { id: string; past: number } | null = null;
  /** Px that the scroller's own place is behind: it is not set while a finger or a wheel moves it. */
  private debt = 0;
  /** How far beyond, in px. At first not at all: what is seen comes before what may be. */
  private beyond = 0;
  /** The scroller's own place when it was last looked at, in px. */
  private seen = 0;
  private standing: ReturnType<typeof setTimeout> | undefined;

  /** `guess`: the height in px that an item will probably have at this width. */
  constructor(private readonly guess: (item: T, width: number) => number) {}

  /** The list is on the page, in this scroller. */
  attach(list: HTMLElement, scroller: HTMLElement): () => void {
    [this.list, this.scroller] = [list, scroller];
    const size = new ResizeObserver(() => this.resized());
    // Less a little: what only touches the edge of the screen is not seen.
    const sight = new IntersectionObserver(
      (entries) => this.sighted(entries.at(-1)?.isIntersecting === true),
      { rootMargin: '-1px' },
    );
    const scrolled = (): void => this.scrolled();
    size.observe(scroller);
    sight.observe(scroller);
    scroller.addEventListener('scroll', scrolled, { passive: true });
    this.resized();
    return () => {
      clearTimeout(this.standing);
      size.disconnect();
      sight.disconnect();
      this.eye.disconnect();
      scroller.removeEventListener('scroll', scrolled);
    };
  }

  /** A row is on the page for as long as this lasts. */
  row(id: string): Attachment<HTMLElement> {
    return (node) => {
      this.nodes.set(id, node);
      this.eye.observe(node, { box: 'border-box' });
      return () => {
        this.eye.unobserve(node);
        if (this.nodes.get(id) === node) this.nodes.delete(id);
      };
    };
  }

  /** These items now: told before the page is changed. Returns the ids of those that came. */
  fill(items: readonly T[]): string[] {
    const keys = items.map((item) => item.id);
    if (this.layout.holds(keys)) {
      this.items = items;
      this.draw();
      return [];
    }
    if (items.length <= WATCHED) {
      this.were = new Map([...this.nodes.values()].map((node) => [node, node.getBoundingClientRect()]));
    }
    this.anchor = this.holding(keys);
    this.items = items;
    const come = this.layout.fill(keys, (place) => this.guessed(place));
    this.follow();
    this.draw();
    void tick().then(() => this.settle());
    return come;
  }

  /** These stay drawn, wherever they are: the focus or a hand is on them. */
  keep(ids: readonly string[]): void {
    this.kept = ids;
    this.draw();
  }

  focus(id: string | null): void {
    this.focused = id;
    this.draw();
  }

  /** Bring a row into view; it is on the page then. Undefined: it is not in the list. */
  async reveal(id: string, where: 'near' | 'middle' = 'near'): Promise<HTMLElement | undefined> {
    const place = this.layout.placeOf(id);
    if (place < 0) return undefined;
    const [top, height] = [this.layout.top(place), this.layout.heightAt(place)];
    const low = top + height + GAP - this.height;
    if (where === 'middle') this.top = top - Math.max(0, (this.height - height) / 2);
    else if (top - GAP < this.top) this.top = top - GAP;
    else if (low > this.top) this.top = low;
    this.anchor = { id, past: this.top - top };
    clearTimeout(this.standing);
    this.standing = undefined;
    this.debt = 0;
    this.draw();
    await tick();
    this.seen = this.scroller?.scrollTop ?? 0;
    this.aim();
    // Where that is the top, one goes on reading from there: nothing is held in its place.
    if (this.atTop()) this.anchor = null;
    return this.nodes.get(id);
  }

  /** The page shows what was drawn: set the scroller where the view is. What lies elsewhere now is seen to go there. */
  private settle(): void {
    this.find();
    this.aim();
    glide(this.were);
    this.were.clear();
  }

  private resized(): void {
    const { scroller, list } = this;
    if (!scroller || !list) return;
    this.height = scroller.clientHeight;
    if (this.width !== list.clientWidth) {
      this.width = list.clientWidth;
      this.layout.forget();
      this.layout.fill(
        this.items.map((item) => item.id),
        (place) => this.guessed(place),
      );
    }
    this.find();
    this.follow();
    this.draw();
    void tick().then(() => this.aim());
  }

  private sighted(seen: boolean): void {
    this.beyond = seen ? BEYOND : ASIDE;
    this.draw();
  }

  private scrolled(): void {
    const top = this.placed();
    this.seen = this.scroller?.scrollTop ?? 0;
    if (Math.abs(top - this.top) < 1) return;
    this.top = top;
    this.anchor = this.topmost();
    clearTimeout(this.standing);
    this.standing = setTimeout(() => this.stand(), STANDS_MS);
    this.draw();
  }

  private stand(): void {
    this.standing = undefined;
    this.find();
    if (this.debt === 0) return;
    this.debt = 0;
    // Whoever has gone up to the top reads from there: what came meanwhile shows itself.
    if (this.atTop()) this.top = this.placed();
    this.draw();
    void tick().then(() => this.aim());
  }

  private measured(entries: readonly ResizeObserverEntry[]): void {
    const heights = entries.flatMap(({ target, borderBoxSize: [box] }) => {
      const id = (target as HTMLElement).dataset['row'];
      return id !== undefined && box && box.blockSize > 0 ? [[id, box.blockSize] as const] : [];
    });
    this.anchor ??= this.topmost();
    if (!this.layout.measure(heights)) return;
    this.follow();
    this.draw();
    void tick().then(() => this.aim());
  }

  private guessed(place: number): number {
    const item = this.items[place];
    return item ? this.guess(item, this.width || 320) : 0;
  }

  /** Where the list begins in its scroller. */
  private find(): void {
    const { scroller, list } = this;
    if (!scroller || !list) return;
    this.start = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  }

  private placed(): number {
    return (this.scroller?.scrollTop ?? 0) - this.start + this.debt;
  }

  /** The view goes where the held row went. */
  private follow(): void {
    const place = this.anchor ? this.layout.placeOf(this.anchor.id) : -1;
    if (!this.anchor || place < 0) return;
    const top = this.layout.top(place) + this.anchor.past;
    if (this.standing !== undefined) this.debt += top - this.top;
    this.top = top;
  }

  private aim(): void {
    const { scroller } = this;
    if (!scroller || this.standing !== undefined) return;
    if (this.wentAhead(scroller)) {
      this.scrolled();
      return;
    }
    const wanted = this.top + this.start - this.debt;
    if (Math.abs(wanted - scroller.scrollTop) >= 1) scroller.scrollTop = wanted;
    this.seen = scroller.scrollTop;
    const top = this.placed();
    if (Math.abs(top - this.top) < 1) return;
    this.top = top;
    this.anchor = this.topmost();
    this.draw();
  }

  /** A finger was quicker than the page's word of it; not the browser, which pulls back what is beyond a shorter list. */
  private wentAhead({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    const pulledBack = scrollTop < this.seen && scrollTop >= scrollHeight - clientHeight - 1;
    return Math.abs(scrollTop - this.seen) >= 1 && !pulledBack;
  }

  private topmost(): { id: string; past: number } | null {
    if (this.atTop()) return null;
    return this.hold(this.layout.placeAt(this.top));
  }

  private atTop(): boolean {
    return (this.scroller?.scrollTop ?? 0) <= AT_TOP;
  }

  private hold(place: number): { id: string; past: number } | null {
    const id = this.layout.keyAt(place);
    return id === undefined ? null : { id, past: this.top - this.layout.top(place) };
  }

  /** What holds the view when `keys` come: what it was, else the focused row, else the first that did not move itself. */
  private holding(keys: readonly string[]): { id: string; past: number } | null {
    const held = this.anchor?.id ?? this.focusedInView();
    const place = held === null ? -1 : this.layout.placeOf(held);
    if (place < 0) return null;
    const going = this.layout.going(keys);
    const stays = (at: number): boolean => {
      const [above, there, below] = [going(at - 1), going(at), going(at + 1)];
      return there >= 0 && above < there && (below < 0 || below > there);
    };
    for (let tried = place; tried < Math.min(place + TRIES, this.layout.length); tried += 1) {
      if (stays(tried)) return this.hold(tried);
    }
    return null;
  }

  private focusedInView(): string | null {
    const place = this.focused === null ? -1 : this.layout.placeOf(this.focused);
    const top = this.layout.top(place);
    return place >= 0 && top < this.top + this.height && this.layout.top(place + 1) > this.top
      ? this.focused
      : null;
  }

  private draw(): void {
    const [first, end] = this.layout.between(this.top - this.beyond, this.top + this.height + this.beyond);
    const apart = [...this.kept, ...(this.focused === null ? [] : [this.focused])]
      .map((id) => this.layout.placeOf(id))
      .filter((place) => place >= 0 && (place < first || place >= end));
    const ends = [...new Set(apart)].sort((a, b) => a - b);
    const run = Array.from({ length: end - first }, (_, n) => first + n);
    const places = [
      ...ends.filter((place) => place < first),
      ...run,
      ...ends.filter((place) => place >= end),
    ];
    const shown = places.flatMap((place) => this.items[place] ?? []);
    if (!same(shown, this.shown)) this.shown = shown;
    if (!same(places, this.places)) this.places = places;
    const tops = places.map((n) => (n < first || n >= end ? this.layout.top(n) - this.debt : null));
    if (!same(tops, this.tops)) this.tops = tops;
    this.before = this.layout.top(first) - this.debt;
    this.after = Math.max(0, this.layout.height + GAP - this.layout.top(end));
  }
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, n) => value === b[n]);
}

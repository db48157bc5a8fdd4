/** How many rows two lists have in common at their beginning, and at their end. */
function alike(a: readonly string[], b: readonly string[]): [head: number, tail: number] {
  const most = Math.min(a.length, b.length);
  let [head, tail] = [0, 0];
  while (head < most && a[head] === b[head]) head += 1;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return [head, tail];
}

/**
 * Where the rows of a long list lie: by their measured heights, and by a guess for those that were never drawn.
 * Of rows that come and go only they themselves are looked at, not the thousands before and behind them ([WALL4]).
 */
export class Layout {
  private readonly known = new Map<string, number>();
  private keys: readonly string[] = [];
  private heights: readonly number[] = [];
  /** Where each row begins, in px from the list's top; one more for the end. */
  private readonly tops = [0];

  /** `gap`: px between two rows. */
  constructor(private readonly gap: number) {}

  get length(): number {
    return this.keys.length;
  }

  /** Height of the whole list in px. */
  get height(): number {
    return Math.max(0, this.top(this.length) - this.gap);
  }

  /** Where row `place` begins; of the length: where one more would. */
  top(place: number): number {
    return this.tops[place] ?? this.tops.at(-1) ?? 0;
  }

  /** Where the row of this key lies by number; -1: it is not in the list. */
  placeOf(key: string): number {
    return this.keys.indexOf(key);
  }

  keyAt(place: number): string | undefined {
    return this.keys[place];
  }

  heightAt(place: number): number {
    return this.top(place + 1) - this.top(place) - this.gap;
  }

  /** Whether these are the rows, in this order. */
  holds(keys: readonly string[]): boolean {
    return keys.length === this.length && keys.every((key, place) => key === this.keys[place]);
  }

  /** Where each row will lie by number when `keys` are the rows; -1: nowhere. */
  going(keys: readonly string[]): (place: number) => number {
    const [head, tail] = alike(this.keys, keys);
    return (place) => {
      if (place < head) return place;
      if (place >= this.length - tail) return place + keys.length - this.length;
      return keys.indexOf(this.keys[place] ?? '', head);
    };
  }

  /** These rows now, in this order. `guess` is asked for the height of those not known yet. Returns those that came. */
  fill(keys: readonly string[], guess: (place: number) => number): string[] {
    const [head, tail] = alike(this.keys, keys);
    const gone = new Set(this.keys.slice(head, this.length - tail));
    const fresh = keys.slice(head, keys.length - tail);
    const heights = fresh.map((key, n) => this.known.get(key) ?? guess(head + n));
    fresh.forEach((key, n) => this.known.set(key, heights[n] ?? 0));
    this.heights = this.heights.slice(0, head).concat(heights, this.heights.slice(this.length - tail));
    this.keys = keys;
    this.pile();
    return fresh.filter((key) => !gone.has(key));
  }

  /** Measured heights. True: something lies elsewhere now. */
  measure(heights: Iterable<readonly [string, number]>): boolean {
    const found = [...heights].filter(
      ([key, height]) => Math.abs((this.known.get(key) ?? -1) - height) >= 0.5,
    );
    if (found.length === 0) return false;
    const next = [...this.heights];
    for (const [key, height] of found) {
      this.known.set(key, height);
      const place = this.placeOf(key);
      if (place >= 0) next[place] = height;
    }
    this.heights = next;
    this.pile();
    return true;
  }

  /** Another width: what was measured holds no longer. */
  forget(): void {
    this.known.clear();
    this.fill([], () => 0);
  }

  /** The row at `y`, or the nearest. */
  placeAt(y: number): number {
    let [low, high] = [0, Math.max(0, this.length - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.top(middle + 1) <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The rows that reach into `from` to `to`: the first, and the one behind the last. */
  between(from: number, to: number): [first: number, end: number] {
    if (this.length === 0) return [0, 0];
    return [this.placeAt(from), this.placeAt(to) + 1];
  }

  private pile(): void {
    let top = 0;
    this.tops.length = 1;
    for (const height of this.heights) this.tops.push((top += height + this.gap));
  }
}

/** Records in writing, page by page: a page on which nothing changed is not written anew. */

import type { Record as AnyRecord } from '../protocol/types.ts';

/** So many records are written at once: less than a frame of a slow phone. */
const PAGE = 100;

export interface Page {
  records: readonly AnyRecord[];
  text: string;
  /** It lies on the device as it is. */
  kept: boolean;
}

export class Pages {
  private readonly pages: Page[] = [];

  /** Those that lie on the device; what is on them. */
  read(texts: readonly string[]): AnyRecord[] {
    this.pages.splice(0);
    for (const text of texts) this.pages.push({ records: JSON.parse(text) as AnyRecord[], text, kept: true });
    return this.pages.flatMap(({ records }) => records);
  }

  /** Stops before each page that has to be written; in the end they are all here. What was written till then stays so. */
  *write(records: readonly AnyRecord[]): Generator<undefined, readonly Page[]> {
    const count = Math.ceil(records.length / PAGE);
    for (let n = 0; n < count; n += 1) {
      const some = records.slice(n * PAGE, (n + 1) * PAGE);
      if (same(this.pages[n]?.records ?? [], some)) continue;
      yield;
      this.pages[n] = { records: some, text: JSON.stringify(some), kept: false };
    }
    this.pages.splice(count);
    return [...this.pages];
  }
}

/** Records are never altered: another one takes its place. */
const same = (some: readonly AnyRecord[], others: readonly AnyRecord[]): boolean =>
  some.length === others.length && some.every((one, n) => one === others[n]);

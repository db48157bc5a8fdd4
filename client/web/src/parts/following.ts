import { tick } from 'svelte';

/** So near to the end, in CSS pixels, one still is at the end. */
const NEAR = 24;

/**
 * Whoever is at the end of what a sheet holds stays there, whatever comes, and however much the place where they write grows;
 * whoever goes up from there stays where they are. Only a way up lets go: what just came is not yet scrolled to, either.
 */
export class Following {
  private sheet: HTMLElement | null = null;
  private follows = true;
  private seen = 0;

  /** For what lies in the sheet, as an attachment. */
  readonly within = (node: Element): (() => void) | undefined => {
    const sheet = node.closest<HTMLElement>('dialog');
    if (!sheet) return undefined;
    this.sheet = sheet;
    const watch = new ResizeObserver(this.keep);
    for (const box of [sheet, ...sheet.children]) watch.observe(box);
    sheet.addEventListener('scroll', this.scrolled);
    return () => {
      watch.disconnect();
      sheet.removeEventListener('scroll', this.scrolled);
    };
  };

  /** To the end, wherever one was, once what is one's own stands there. */
  async toEnd(): Promise<void> {
    this.follows = true;
    await tick();
    this.keep();
  }

  private readonly keep = (): void => {
    if (this.sheet && this.follows) this.sheet.scrollTop = this.sheet.scrollHeight;
  };

  private readonly scrolled = (): void => {
    if (!this.sheet) return;
    const { scrollTop, clientHeight, scrollHeight } = this.sheet;
    const atEnd = scrollTop + clientHeight >= scrollHeight - NEAR;
    if (atEnd || scrollTop < this.seen) this.follows = atEnd;
    this.seen = scrollTop;
  };
}

import { scrolling } from './motion.ts';
import { Pull } from './pull.ts';

/** How near to the side of a phone a held note looks for the next section, in px, and for how long it waits, in ms. */
const SIDE = 26;
const WAIT_MS = 420;

/** While a note is in the hand: lists scroll at their edges, on phones the next section comes at the side. */
export class Edges {
  private x = 0;
  private rail: HTMLElement | null = null;
  private sideways: ReturnType<typeof setTimeout> | undefined;
  private readonly list: Pull;

  /** `scrolled` is told when something else lies under the hand. */
  constructor(scrolled: () => void) {
    this.list = new Pull('y', scrolled);
  }

  /** The hand is there now, over this section. */
  moved(x: number, y: number, under: HTMLElement | null): void {
    this.x = x;
    this.rail = under?.closest<HTMLElement>('[data-rail]') ?? null;
    this.look();
    this.list.moved(y, under?.querySelector<HTMLElement>('[data-scroll]') ?? null);
  }

  stop(): void {
    this.list.stop();
    clearTimeout(this.sideways);
    this.sideways = undefined;
  }

  private look(): void {
    const { rail } = this;
    const way = this.x < SIDE ? -1 : this.x > window.innerWidth - SIDE ? 1 : 0;
    if (!rail || way === 0 || rail.scrollWidth <= rail.clientWidth) {
      clearTimeout(this.sideways);
      this.sideways = undefined;
      return;
    }
    this.sideways ??= setTimeout(() => {
      rail.scrollBy({ left: way * rail.clientWidth, behavior: scrolling() });
      this.sideways = undefined;
      this.look();
    }, WAIT_MS);
  }
}

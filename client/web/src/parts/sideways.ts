import { pull } from './edges';

/** While a card is in the hand: what is wider than its place goes by at its left and right edge. */
export class Sideways {
  private at = 0;
  private frame: number | undefined;
  private last = 0;
  /** How far it may go: the card itself, held over the edge, makes it wider. */
  private readonly most: number;

  /** `scrolled` is told when something else lies under the hand. */
  constructor(
    private readonly box: HTMLElement,
    private readonly scrolled: () => void,
  ) {
    this.most = box.scrollWidth - box.clientWidth;
  }

  moved(x: number): void {
    this.at = x;
    if (this.frame !== undefined || this.pull() === 0) return;
    this.last = performance.now();
    this.next();
  }

  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  private next(): void {
    this.frame = requestAnimationFrame((now) => {
      this.step(now);
    });
  }

  private step(now: number): void {
    const seconds = Math.min(0.05, (now - this.last) / 1000);
    const speed = this.pull();
    this.last = now;
    this.frame = undefined;
    if (speed === 0) return;
    const before = this.box.scrollLeft;
    // Where one writes from right to left it is below nothing.
    const [least, most] = this.leftward ? [-this.most, 0] : [0, this.most];
    this.box.scrollLeft = Math.min(most, Math.max(least, before + Math.round(speed * seconds)));
    if (this.box.scrollLeft !== before) this.scrolled();
    this.next();
  }

  private get leftward(): boolean {
    return getComputedStyle(this.box).direction === 'rtl';
  }

  private pull(): number {
    const { left, right } = this.box.getBoundingClientRect();
    return pull(this.at, left, right);
  }
}

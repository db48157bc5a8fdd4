/** How near to an edge the hand makes things go by, in px. */
const EDGE = 76;
/** The quickest, in px a second: beyond it nobody can read what goes by. */
const QUICK = 1_500;
const AXES = { x: ['left', 'right', 'scrollLeft'], y: ['top', 'bottom', 'scrollTop'] } as const;

/** While something is in the hand: what is larger than its place goes by at two of its edges, across or down. */
export class Pull {
  private at = 0;
  private box: HTMLElement | null = null;
  private frame: number | undefined;
  private last = 0;

  /** `scrolled` is told when something else lies under the hand; `most` is how far it may go, in px. */
  constructor(
    private readonly axis: keyof typeof AXES,
    private readonly scrolled: () => void,
    private readonly most = Infinity,
  ) {}

  /** The hand is there now, over this. */
  moved(at: number, box: HTMLElement | null): void {
    [this.at, this.box] = [at, box];
    if (this.frame !== undefined || this.speed() === 0) return;
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
    const speed = this.speed();
    this.last = now;
    this.frame = undefined;
    if (!this.box || speed === 0) return;
    const [, , place] = AXES[this.axis];
    const before = this.box[place];
    // Where one writes from right to left it is below nothing.
    this.box[place] = Math.max(-this.most, Math.min(this.most, before + Math.round(speed * seconds)));
    if (this.box[place] !== before) this.scrolled();
    this.next();
  }

  /** In px a second: the quicker the deeper the hand is in its edge. */
  private speed(): number {
    if (!this.box) return 0;
    const [near, far] = AXES[this.axis];
    const box = this.box.getBoundingClientRect();
    const deep = Math.max(0, EDGE - (box[far] - this.at)) - Math.max(0, EDGE - (this.at - box[near]));
    return Math.sign(deep) * QUICK * Math.min(1, Math.abs(deep) / EDGE) ** 1.5;
  }
}

/** How near to a list's upper or lower edge a held note makes it scroll, in px. */
const EDGE = 76;
/** The quickest, in px a second: beyond it nobody can read what goes by. */
const QUICK = 1_500;
/** How near to the side of a phone a held note looks for the next section, in px, and for how long it waits, in ms. */
const SIDE = 26;
const WAIT_MS = 420;

/** How fast what reaches from `near` to `far` goes by, in px a second: the quicker the deeper the hand is in its edge. */
export function pull(at: number, near: number, far: number): number {
  const deep = Math.max(0, EDGE - (far - at)) - Math.max(0, EDGE - (at - near));
  return Math.sign(deep) * QUICK * Math.min(1, Math.abs(deep) / EDGE) ** 1.5;
}

/** While a note is in the hand: lists scroll at their edges, on phones the next section comes at the side. */
export class Edges {
  private at = { x: 0, y: 0 };
  private list: HTMLElement | null = null;
  private rail: HTMLElement | null = null;
  private frame: number | undefined;
  private last = 0;
  private sideways: ReturnType<typeof setTimeout> | undefined;

  /** `scrolled` is told when something else lies under the hand. */
  constructor(private readonly scrolled: () => void) {}

  /** The hand is there now, over this section. */
  moved(x: number, y: number, under: HTMLElement | null): void {
    this.at = { x, y };
    this.list = under?.querySelector<HTMLElement>('[data-scroll]') ?? null;
    this.rail = under?.closest<HTMLElement>('[data-rail]') ?? null;
    this.look();
    if (this.frame !== undefined || this.pull() === 0) return;
    this.last = performance.now();
    this.next();
  }

  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    clearTimeout(this.sideways);
    this.frame = this.sideways = undefined;
  }

  private step(now: number): void {
    const seconds = Math.min(0.05, (now - this.last) / 1000);
    const speed = this.pull();
    this.last = now;
    this.frame = undefined;
    if (!this.list || speed === 0) return;
    const before = this.list.scrollTop;
    this.list.scrollTop += Math.round(speed * seconds);
    if (this.list.scrollTop !== before) this.scrolled();
    this.next();
  }

  private pull(): number {
    if (!this.list) return 0;
    const { top, bottom } = this.list.getBoundingClientRect();
    return pull(this.at.y, top, bottom);
  }

  private next(): void {
    this.frame = requestAnimationFrame((now) => this.step(now));
  }

  private look(): void {
    const { rail } = this;
    const way = this.at.x < SIDE ? -1 : this.at.x > window.innerWidth - SIDE ? 1 : 0;
    if (!rail || way === 0 || rail.scrollWidth <= rail.clientWidth) {
      clearTimeout(this.sideways);
      this.sideways = undefined;
      return;
    }
    this.sideways ??= setTimeout(() => {
      rail.scrollBy({ left: way * rail.clientWidth, behavior: 'smooth' });
      this.sideways = undefined;
      this.look();
    }, WAIT_MS);
  }
}

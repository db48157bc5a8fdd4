import type { Room } from '../../parts/room.svelte.ts';

/** How long each has the wall while they come in turn. */
export const EACH_MS = 15_000;
/** Keys, and what clickers send, by what they do. */
const ON = new Set(['ArrowRight', 'PageDown', ' ']);
const BACK = new Set(['ArrowLeft', 'PageUp']);

/** Which board has the wall of this window: keys go through them, or they come in turn ([SCENE6], [SCENE7]). */
export class Turns {
  /** Null: all hang side by side. */
  private own = $state<string | null>(null);
  private dark = $state(false);
  /** A key of this window has the newest word ([SCENE8]). */
  private touched = $state(false);
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly room: Room) {}

  /** The board that has the wall; null: all of them. */
  get board(): string | null {
    if (this.touched) return this.own;
    return this.room.live.workshop?.wall === 'turns' ? this.byTheClock : null;
  }
  get black(): boolean {
    return this.touched ? this.dark : this.room.live.workshop?.wall === 'black';
  }
  /** The same one on all screens. */
  private get byTheClock(): string | null {
    const { boards } = this.room.live;
    return boards[Math.floor(this.room.now / EACH_MS) % Math.max(1, boards.length)]?.id ?? null;
  }

  /** Does what a key says; whether it says anything here. */
  press(key: string): boolean {
    const [letter, was] = [key.toLowerCase(), this.black];
    const shown = this.board;
    const known = ON.has(key) || BACK.has(key) || key === 'Escape' || letter === 'b' || letter === 'r';
    if (!known) return false;
    this.rest();
    [this.own, this.touched] = [shown, true];
    this.dark = letter === 'b' && !was;
    if (letter === 'r') this.begin();
    else if (key === 'Escape') this.own = null;
    else if (!was && letter !== 'b') this.go(ON.has(key) ? 1 : -1);
    return true;
  }

  /** All side by side again, and none in turn. */
  home(): void {
    this.rest();
    this.own = null;
    this.touched = false;
  }

  /** They come in turn no more. */
  rest(): void {
    clearInterval(this.timer);
  }

  private begin(): void {
    this.go(1);
    this.timer = setInterval(() => {
      this.go(1);
    }, EACH_MS);
  }

  private go(by: number): void {
    const places = [null, ...this.room.live.boards.map(({ id }) => id)];
    const at = Math.max(0, places.indexOf(this.own));
    this.own = places[(at + by + places.length) % places.length] ?? null;
  }
}

/** A row of a list that is dragged to another place. Where it would lie is shown; nothing moves before it is let go. */
export class Reorder {
  /** Which row is in the hand. */
  held = $state<string | null>(null);
  /** Before which row it would lie; the length: behind the last. */
  place = $state(0);

  /** `above`: how many rows are folded away above those of the list. */
  constructor(
    private readonly list: () => HTMLElement | undefined,
    private readonly above: () => number,
    private readonly drop: (id: string, place: number) => void,
  ) {}

  /** A hand takes the grip of a row. */
  take(event: PointerEvent, id: string, index: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.held = id;
    this.place = index;
  }

  move(event: PointerEvent): void {
    if (this.held === null) return;
    const rows = [...(this.list()?.children ?? [])];
    const below = rows.findIndex((row) => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    this.place = this.above() + (below < 0 ? rows.length : below);
  }

  letGo(): void {
    const { held, place } = this;
    this.held = null;
    if (held !== null) this.drop(held, place);
  }

  cancel(): void {
    this.held = null;
  }
}

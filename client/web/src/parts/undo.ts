import type { Command, Note } from '../protocol/types.ts';
import type { Live } from '../store/live.svelte.ts';

/** One's own actions, last first, each as the command that takes it back. */
export class Undo {
  private readonly inverses: Command[] = [];

  constructor(private readonly live: Live) {}

  added(id: string): void {
    this.inverses.push({ do: 'note.bin', id });
  }

  /** `note` as it was before it was moved. */
  moved({ id, board, section, rank }: Note): void {
    this.inverses.push({ do: 'note.move', id, board, section, rank });
  }

  tagged({ id, lenses }: Note): void {
    this.inverses.push({ do: 'note.tag', id, lenses });
  }

  binned({ id }: Note): void {
    this.inverses.push({ do: 'note.restore', id });
  }

  restored({ id }: Note): void {
    this.inverses.push({ do: 'note.bin', id });
  }

  /** Take back the last one; false where there is none. */
  undo(): boolean {
    const inverse = this.inverses.pop();
    if (inverse) this.live.do(inverse);
    return inverse !== undefined;
  }
}

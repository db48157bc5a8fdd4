import type { Note } from '../protocol/types.ts';
import { listOf, t } from '../words/index.ts';
import type { Room } from './room.svelte.ts';

/** Nothing is told sooner after the last telling: what came meanwhile is told in one. */
const PAUSE_MS = 3_000;

/** What a screen reader tells of others, in one breath: "3 new notes in Risks" ([ALL5]). */
export class Heard {
  /** How many came to each section of the board one is at, and how many were turned over. */
  private came: Record<string, number> = {};
  private turned = 0;
  private wait: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly room: Room) {}

  /** Listen, until it is called off. */
  follow(): () => void {
    let first = true;
    const off = this.room.live.onNotes((turns) => {
      if (!first) for (const [before, after] of turns) this.note(before, after);
      first = false;
    });
    return () => {
      off();
      clearTimeout(this.wait);
    };
  }

  private note(before: Note | undefined, after: Note | undefined): void {
    const { live } = this.room;
    if (!after || after.binned || live.isMine(after.by) || after.board !== live.me?.board) return;
    if (before?.sealed && !after.sealed) this.turned += 1;
    else if (!before && !after.sealed) this.came[after.section] = (this.came[after.section] ?? 0) + 1;
    else return;
    this.wait ??= setTimeout(() => {
      this.tell();
    }, PAUSE_MS);
  }

  private tell(): void {
    this.wait = undefined;
    const said = Object.entries(this.came).map(([id, n]) =>
      t('heard.came', { n, section: this.room.section(id)?.title ?? '' }),
    );
    if (this.turned > 0) said.unshift(t('heard.turned', { n: this.turned }));
    this.came = {};
    this.turned = 0;
    this.room.say(listOf(said));
  }
}

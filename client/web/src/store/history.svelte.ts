import type { Command } from '../protocol/types.ts';
import type { View } from '../sync/fold.ts';
import { predict, type Me } from '../sync/predict.ts';
import type { Returned } from '../sync/session.ts';
import { boardOf, inverse, since, type Since } from './inverse.ts';
import { actFor, deedOf } from './seats.ts';

/** Something one did on this device, with what takes it back. */
export interface Deed {
  readonly of: Command;
  readonly back: Command;
  /** What does it again, where that cannot be told by then: words of others in the bin are not here ([UNDO4]). */
  readonly again: Command | undefined;
}

/** How taking back went: there was nothing, or somebody did something since and it was left alone. */
export type Outcome = 'done' | 'nothing' | 'changed' | Since;

const MOST = 200;

/** What one did on this device since the page was opened, last first; it can be taken back, and done again ([UNDO3]). */
export class History {
  private done = $state.raw<readonly Deed[]>([]);
  private undone = $state.raw<readonly Deed[]>([]);
  /** What was sent to take back or do again, while its answer may come. */
  private readonly sent = new WeakSet<Command>();
  /** Told when the server found that somebody had changed it since; how, where that is known. */
  missed: (how: Since | 'changed') => void = () => undefined;

  constructor(
    private readonly send: (command: Command) => void,
    private readonly view: () => View,
    private readonly me: () => Me,
    /** Whether the dots of a round stand as they are ([UNDO5]). */
    private readonly isOver: (round: string) => boolean = () => false,
  ) {}

  get last(): Deed | undefined {
    return this.done.findLast(this.mayBeSent);
  }
  get next(): Deed | undefined {
    return this.undone.findLast(this.mayBeSent);
  }
  get canUndo(): boolean {
    return this.last !== undefined;
  }
  get canRedo(): boolean {
    return this.next !== undefined;
  }

  /** The board on which `deed` would be taken back. */
  boardOf(deed: Deed | undefined): string | undefined {
    return deed && boardOf(deed.back, this.view());
  }

  /** `command` is about to be done. */
  note(command: Command): void {
    const [now, me] = [this.view(), this.me()];
    const back = inverse(command, now, me);
    if (!back) return;
    const again = inverse(back, now.with(predict(command, now, me)), me);
    this.done = [...this.done.slice(1 - MOST), { of: command, back, again }];
    this.undone = [];
  }

  undo(): Outcome {
    const deed = this.last;
    this.done = this.done.filter((other) => other !== deed);
    const again = this.take(deed);
    if (typeof again === 'string') return again;
    this.undone = [...this.undone, again];
    return 'done';
  }

  redo(): Outcome {
    const deed = this.next;
    this.undone = this.undone.filter((other) => other !== deed);
    const again = this.take(deed);
    if (typeof again === 'string') return again;
    this.done = [...this.done, again];
    return 'done';
  }

  private readonly mayBeSent = ({ back }: Deed): boolean => {
    const command = deedOf(back);
    return command.do !== 'vote.cast' || !this.isOver(command.round);
  };

  /** The server did not take it. True: it was one of ours, and nobody lost words by it. */
  refused({ command }: Returned): boolean {
    const kept = ({ of }: Deed): boolean => of !== command;
    this.done = this.done.filter(kept);
    this.undone = this.undone.filter(kept);
    if (!this.sent.delete(command)) return false;
    this.missed(since(command, this.view()) ?? 'changed');
    return true;
  }

  /** Take a deed back, unless somebody did something to it since; returns the deed that this is, or why not. */
  private take(deed: Deed | undefined): Deed | Outcome {
    if (!deed) return 'nothing';
    const now = this.view();
    const how = since(deed.back, now);
    if (how) return how;
    const command = current(deed.back, now);
    const back = inverse(command, now, this.me()) ?? deed.again;
    if (!back) return 'changed';
    this.sent.add(command);
    this.send(command);
    return { of: command, back, again: command };
  }
}

/** An edit names the version it begins with, which is another by now. */
function current(command: Command, view: View): Command {
  if (command.do === 'seat.act') return actFor(command.seat, current(command.command, view));
  if (command.do !== 'note.edit') return { ...command };
  return { ...command, rev: view.get('note', command.id)?.rev ?? command.rev };
}

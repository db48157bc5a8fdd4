/** Seats on this device: people without one, for whom it acts. What it does for one of them is wrapped, and unwrapped. */

import type { Command, SeatAct } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import type { Live } from './live.svelte.ts';

type Act = SeatAct['command'];
const ACTS = new Set<string>([
  'note.add',
  'note.edit',
  'note.move',
  'note.tag',
  'note.colour',
  'note.bin',
  'note.restore',
  'note.settle',
  'note.react',
  'note.many',
  'stack.make',
  'stack.name',
  'stack.move',
  'stack.split',
  'comment.add',
  'comment.edit',
  'comment.drop',
  'issue.add',
  'issue.edit',
  'issue.drop',
  'vote.cast',
  'hand.raise',
  'hand.lower',
]);

/** The command as done for a seat, where that is one of those things; null: for nobody but oneself. */
export function actFor(seat: string | null, command: Command): Command {
  return seat !== null && ACTS.has(command.do) ? { do: 'seat.act', seat, command: command as Act } : command;
}

/** What is done, whoever it is done for. */
export function deedOf(command: Command): Command {
  return command.do === 'seat.act' ? command.command : command;
}

/** Somebody sits down at this device, who is acted for from now on. */
export function addSeat(live: Live, name: string): void {
  const id = newId();
  live.do({ do: 'seat.add', id, name });
  live.acting = id;
}

export function dropSeat(live: Live, id: string): void {
  if (live.acting === id) live.acting = null;
  live.do({ do: 'seat.drop', id });
}

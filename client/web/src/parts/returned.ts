/** Commands that the server did not take: the words in them, and how they are sent again. */

import type { Activity, Command, NoteAdd } from '../protocol/types.ts';
import { actFor, deedOf } from '../store/seats.ts';

/** What else it takes to send one again: the activity as it is now. */
export type ActivityOf = (id: string) => Activity | undefined;

/** What was typed, a line for each. */
export function wordsOf(back: Command): string {
  const command = deedOf(back);
  if ('commands' in command) return command.commands.map(wordsOf).filter(Boolean).join('\n');
  if ('text' in command) return command.text;
  if (command.do === 'activity.add' || command.do === 'activity.edit') {
    return [command.title, command.owner, command.first].filter(Boolean).join('\n');
  }
  return 'title' in command ? (command.title ?? '') : '';
}

/**
 * Sent again, notes belong to the step that is before their author now (`here`), and an activity's words are put over
 * those that it has now ([PLAN7]); what else it is stays as it was.
 */
export function again(
  command: Command,
  here: Pick<NoteAdd, 'step' | 'private' | 'anonymous'>,
  activityOf: ActivityOf,
): Command {
  if (command.do === 'seat.act') return actFor(command.seat, again(command.command, here, activityOf));
  if (command.do === 'activity.edit') return { ...command, rev: activityOf(command.id)?.rev ?? command.rev };
  if (command.do === 'note.add') return { ...command, ...here };
  if (command.do !== 'note.many') return command;
  const commands = command.commands.map((one) => (one.do === 'note.add' ? { ...one, ...here } : one));
  return { ...command, commands };
}

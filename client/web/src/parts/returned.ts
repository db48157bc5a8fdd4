/** Commands that the server did not take: the words in them, and how they are sent again. */

import type { Command, NoteAdd } from '../protocol/types.ts';
import { actFor, deedOf } from '../store/seats.ts';

/** What was typed, a line for each. */
export function wordsOf(back: Command): string {
  const command = deedOf(back);
  if ('commands' in command) return command.commands.map(wordsOf).filter(Boolean).join('\n');
  if ('text' in command) return command.text;
  return 'title' in command ? (command.title ?? '') : '';
}

/** Sent again, notes belong to the step that is before their author now (`here`); what else it is stays as it was. */
export function again(command: Command, here: Pick<NoteAdd, 'step' | 'private' | 'anonymous'>): Command {
  if (command.do === 'seat.act') return actFor(command.seat, again(command.command, here));
  if (command.do === 'note.add') return { ...command, ...here };
  if (command.do !== 'note.many') return command;
  const commands = command.commands.map((one) => (one.do === 'note.add' ? { ...one, ...here } : one));
  return { ...command, commands };
}

/** What takes a command back. It says how the command leaves things, so that nobody's later change goes with it ([UNDO1]). */

import { STACKED } from '../protocol/limits.ts';
import type { Command, Note, NoteMany, NoteMove } from '../protocol/types.ts';
import type { View } from '../sync/fold.ts';
import { predict, type Me } from '../sync/predict.ts';
import { byRank } from './order.ts';
import { actFor, deedOf } from './seats.ts';
import { isUntold } from './untold.ts';

type Item = NoteMany['commands'][number];
type Inverses = {
  [D in Command['do']]?: (command: Extract<Command, { do: D }>, view: View, me: Me) => Command | undefined;
};

const INVERSES: Inverses = {
  'note.add': ({ id, text, board, section, rank }) => ({
    do: 'note.bin',
    id,
    new: true,
    was: { text, board, section, rank, colour: '' },
  }),
  'note.edit': (c, view) => {
    const note = view.get('note', c.id);
    if (!note?.text) return undefined;
    return { do: 'note.edit', id: c.id, rev: note.rev, base: c.text, text: note.text, exact: true };
  },
  'note.move': (c, view) => {
    const note = view.get('note', c.id);
    const { board, section, rank, stack } = c;
    return note && many(home(note, view, stack ? { stack } : { board, section, rank, stack: '' }));
  },
  'note.tag': (c, view) => {
    const note = view.get('note', c.id);
    return note && { do: 'note.tag', id: c.id, lenses: note.lenses, was: { lenses: c.lenses } };
  },
  'note.colour': (c, view) => {
    const note = view.get('note', c.id);
    const was = { colour: c.colour ?? ('' as const) };
    return note && { do: 'note.colour', id: c.id, colour: note.colour ?? null, was };
  },
  'note.bin': (c, view) => {
    const note = view.get('note', c.id);
    const restore: Item = { do: 'note.restore', id: c.id, was: { binned: true } };
    return note && many(note.stack ? [restore, ...home(note, view, {})] : [restore]);
  },
  'note.restore': (c, view) => {
    const note = view.get('note', c.id);
    if (!note?.text) return undefined;
    const { text, board, section } = note;
    return { do: 'note.bin', id: c.id, was: { binned: false, text, board, section } };
  },
  'note.aside': (c, view) => {
    const note = view.get('note', c.id);
    const back: Item = { do: 'note.aside', id: c.id, on: !c.on, was: { aside: c.on } };
    return note && many(c.on && note.stack ? [back, ...home(note, view, {})] : [back]);
  },
  'issue.aside': (c) => ({ do: 'issue.aside', id: c.id, on: !c.on }),
  'note.react': (c) => ({ do: 'note.react', id: c.id, on: !c.on }),
  'note.many': (c, view, me) => {
    let now = view;
    const back: Item[] = [];
    for (const one of c.commands) {
      const taken = inverse(one, now, me);
      if (!taken) return undefined;
      back.unshift(...itemsOf(taken));
      now = now.with(predict(one, now, me));
    }
    return many(back);
  },
  'stack.make': (c, view, me) => {
    // The first leaves last, and by then the stack must be gone: else somebody added to it.
    let now = view;
    const back: Item[] = [];
    for (const [n, id] of c.notes.entries()) {
      const note = now.get('note', id);
      if (!note) return undefined;
      back.unshift(...home(note, now, { stack: n > 0 ? c.id : '' }));
      now = now.with(predict({ do: 'note.bin', id }, now, me));
    }
    return many(back);
  },
  'stack.name': (c, view) => {
    const stack = view.get('stack', c.id);
    return stack && { do: 'stack.name', id: c.id, title: stack.title, was: { title: c.title } };
  },
  'stack.move': (c, view) => {
    const stack = view.get('stack', c.id);
    if (!stack) return undefined;
    const { board, section, rank } = stack;
    const was = { board: c.board, section: c.section, rank: c.rank };
    return { do: 'stack.move', id: c.id, board, section, rank, was };
  },
  'stack.split': (c, view) => {
    const stack = view.get('stack', c.id);
    const notes = stackedIn(c.id, view);
    if (!stack || notes.length < 2) return undefined;
    const still = notes.map(({ id, board, section, rank }): Item => {
      const place = { board, section, rank };
      return { do: 'note.move', id, ...place, was: { ...place, stack: '' } };
    });
    return many([...still, remade(c.id, notes, view)]);
  },
  'comment.add': (c) => ({ do: 'comment.drop', id: c.id }),
  'comment.edit': (c, view) => {
    const comment = view.get('comment', c.id);
    return comment && { do: 'comment.edit', id: c.id, text: comment.text };
  },
  'comment.drop': (c, view, me) => {
    const comment = view.get('comment', c.id);
    if (!comment || comment.by !== me.person) return undefined;
    const { id, note, rank, text, anonymous } = comment;
    return { do: 'comment.add', id, note, rank, text, anonymous };
  },
  'seat.act': (c, view, me) => {
    const back = inverse(c.command, view, { ...me, person: c.seat });
    return back && actFor(c.seat, back);
  },
  'vote.cast': (c, view, me) => ({
    do: 'vote.cast',
    round: c.round,
    target: c.target,
    dots: view.get('ballot', `${c.round}.${me.person ?? ''}.${c.target}`)?.dots ?? 0,
  }),
};

/** What takes `command` back, of things as they are before it; undefined where nothing does. */
export function inverse(command: Command, view: View, me: Me): Command | undefined {
  const rule = INVERSES[command.do] as ((c: Command, view: View, me: Me) => Command | undefined) | undefined;
  return rule?.(command, view, me);
}

/** The board of what a command that takes back would change; undefined: of none, as that of dots. */
export function boardOf(back: Command, view: View): string | undefined {
  const command = deedOf(back);
  const one = command.do === 'note.many' ? command.commands[0] : command;
  if (!one || !('id' in one)) return undefined;
  const comment = one.do === 'comment.add' ? one : view.get('comment', one.id);
  return (view.get('note', comment?.note ?? one.id) ?? view.get('stack', one.id))?.board;
}

/** What somebody did since to what one would take back. */
export type Since =
  | 'edited'
  | 'moved'
  | 'stacked'
  | 'binned'
  | 'restored'
  | 'aside'
  | 'back'
  | 'tagged'
  | 'coloured'
  | 'named'
  | 'answered'
  | 'gone';

const SINCE: Readonly<Record<string, Since>> = {
  text: 'edited',
  board: 'moved',
  section: 'moved',
  rank: 'moved',
  stack: 'stacked',
  lenses: 'tagged',
  colour: 'coloured',
  title: 'named',
};

/** What things are no longer as a command that takes back says; undefined: they are so, as far as it is known here. */
export function since(back: Command, view: View): Since | undefined {
  const command = deedOf(back);
  // Of several the later ones speak of what the earlier leave behind: that is for the server to see.
  return sinceOne((command.do === 'note.many' ? command.commands[0] : command) ?? command, view);
}

function sinceOne(command: Command, view: View): Since | undefined {
  if (!('id' in command) || !(command.do === 'note.edit' || 'was' in command)) return undefined;
  const row = view.get('note', command.id) ?? view.get('stack', command.id);
  if (!row) return 'gone';
  const was = command.do === 'note.edit' ? { text: command.base } : (command.was ?? {});
  // Words that are still to come are for the server to compare.
  const untold = row.kind === 'note' && isUntold(row) && 'text' in was;
  const now: Partial<Record<string, unknown>> = untold ? { ...row, text: was.text } : { ...row };
  if (now['binned'] === true && command.do !== 'note.restore') return 'binned';
  if ('aside' in was && !same(now['aside'], was.aside)) return was.aside ? 'back' : 'aside';
  if ('binned' in was && !same(now['binned'], was.binned)) return 'restored';
  const [name] = Object.entries(was).find(([field, value]) => !same(now[field], value)) ?? [];
  if (name !== undefined) return SINCE[name] ?? 'edited';
  return command.do === 'note.bin' && command.new === true ? answered(command.id, view) : undefined;
}

/** A new note is left where somebody did anything to it ([UNDO2]). */
function answered(id: string, view: View): Since | undefined {
  const note = view.get('note', id);
  if (note?.stack) return 'stacked';
  if (note && note.lenses.length > 0) return 'tagged';
  const talked = view.all('comment').some((comment) => comment.note === id);
  return talked || (note?.reactions ?? 0) > 0 ? 'answered' : undefined;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? '') === JSON.stringify(other ?? '');
}

/** Back to where the note is now, into its stack too; where leaving ends that stack, it is made again. */
function home(note: Note, view: View, was: NonNullable<NoteMove['was']>): Item[] {
  const { id, board, section, rank } = note;
  const stacked = note.stack ? stackedIn(note.stack, view) : [];
  const move: Item = { do: 'note.move', id, board, section, rank, was };
  if (!note.stack || stacked.length < 2) return [move];
  if (stacked.length > 2) return [{ ...move, stack: note.stack }];
  const [other = note] = stacked.filter((one) => one.id !== id);
  const { rank: rankOfOther, stack } = other;
  const still: Item = { do: 'note.move', id: other.id, board, section, rank: rankOfOther, stack };
  return [move, remade(note.stack, [other, note], view), still];
}

function remade(id: string, notes: readonly Note[], view: View): Item {
  const stack = view.get('stack', id);
  const rank = stack?.rank ?? notes[0]?.rank ?? null;
  return { do: 'stack.make', id, notes: notes.map((note) => note.id), rank, title: stack?.title ?? '' };
}

function stackedIn(stack: string, view: View): Note[] {
  return view
    .all('note')
    .filter((note) => note.stack === stack && !note.binned)
    .sort(byRank);
}

function itemsOf(command: Command): Item[] {
  return command.do === 'note.many' ? [...command.commands] : [command as Item];
}

/** One or several as one; too many at once cannot be taken back. */
function many(commands: readonly Item[]): Command | undefined {
  if (commands.length > STACKED) return undefined;
  return commands.length === 1 ? commands[0] : { do: 'note.many', commands: [...commands] };
}

/** What a command will probably do, so that it is seen at once. Knows no business rule: the server decides. */

import type { Change, Command } from '../protocol/types.ts';
import type { View } from './fold.ts';

export interface Me {
  person: string | null;
  now: number;
}

type Predictions = {
  [D in Command['do']]?: (command: Extract<Command, { do: D }>, view: View, me: Me) => Change[];
};

const patch = (
  kind: 'note' | 'issue' | 'person' | 'workshop' | 'step' | 'board',
  id: string,
  set: object,
): Change[] => [{ op: 'patch', kind, id, set: { ...set } }];

const PREDICTIONS: Predictions = {
  'note.add': (c, view, me) => {
    const step = view.get('step', view.get('workshop', 'workshop')?.step ?? '');
    const note = {
      kind: 'note' as const,
      id: c.id,
      board: c.board,
      section: c.section,
      rank: c.rank,
      text: c.text,
    };
    const rest = { by: me.person, at: me.now, rev: 1, lenses: [], siblings: [], step: step?.id ?? '' };
    const marks = { anonymous: step?.anonymous ?? false, sealed: false, late: false, binned: false };
    return [{ op: 'put', record: { ...note, ...rest, ...marks } }];
  },
  'note.edit': (c) => patch('note', c.id, { text: c.text }),
  'note.settle': (c) => patch('note', c.id, { text: c.text, siblings: [] }),
  'note.move': (c) => patch('note', c.id, { board: c.board, section: c.section, rank: c.rank }),
  'note.tag': (c) => patch('note', c.id, { lenses: [...c.lenses] }),
  'note.bin': (c) => patch('note', c.id, { binned: true }),
  'note.restore': (c) => patch('note', c.id, { binned: false }),
  'issue.add': (c, _view, me) => [
    {
      op: 'put',
      record: {
        kind: 'issue',
        id: c.id,
        rank: c.rank,
        title: c.title,
        detail: c.detail ?? '',
        by: me.person,
        at: me.now,
        rev: 1,
        merged: null,
      },
    },
  ],
  'issue.edit': (c) => patch('issue', c.id, { title: c.title, detail: c.detail ?? '' }),
  'issue.drop': (c) => [{ op: 'drop', kind: 'issue', id: c.id }],
  'person.move': (c) => patch('person', c.person, { board: c.board }),
  'person.rename': (c, _view, me) =>
    me.person ? patch('person', me.person, { name: c.name, place: c.place }) : [],
  'workshop.spotlight': (c) => patch('workshop', 'workshop', { spotlight: c.target }),
  'board.lock': (c) => patch('board', c.board, { locked: c.locked }),
  'vote.cast': (c, view, me) => dots(c.round, c.target, c.dots, view, me),
};

/** The changes that the command would make here and now; none where that cannot be foreseen. */
export function predict(command: Command, view: View, me: Me): Change[] {
  const rule = PREDICTIONS[command.do] as ((c: Command, view: View, me: Me) => Change[]) | undefined;
  return rule ? rule(command, view, me) : [];
}

function dots(round: string, target: string, count: number, view: View, me: Me): Change[] {
  if (!me.person) return [];
  const id = `${round}.${me.person}.${target}`;
  const before = view.get('ballot', id)?.dots ?? 0;
  const ballot: Change =
    count > 0
      ? { op: 'put', record: { kind: 'ballot', id, round, person: me.person, target, dots: count } }
      : { op: 'drop', kind: 'ballot', id };
  return [ballot, ...tally(round, target, count - before, Number(count > 0) - Number(before > 0), view)];
}

/** The sum moves too, but only where it may be seen at all. */
function tally(round: string, target: string, more: number, voters: number, view: View): Change[] {
  const step = view.get('step', round);
  if (!step || (step.blind && !step.shown)) return [];
  const id = `${round}.${target}`;
  const old = view.get('tally', id);
  const people = (old?.people ?? 0) + voters;
  if (people <= 0) return [{ op: 'drop', kind: 'tally', id }];
  return [{ op: 'put', record: { kind: 'tally', id, round, target, dots: (old?.dots ?? 0) + more, people } }];
}

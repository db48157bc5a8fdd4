/** What a command will probably do, so that it is seen at once. Knows no business rule: the server decides. */

import type { Change, Command, Step } from '../protocol/types.ts';
import type { View } from './fold.ts';

export interface Me {
  person: string | null;
  now: number;
}

type Predictions = {
  [D in Command['do']]?: (command: Extract<Command, { do: D }>, view: View, me: Me) => Change[];
};

const patch = (
  kind:
    | 'note'
    | 'stack'
    | 'comment'
    | 'issue'
    | 'person'
    | 'workshop'
    | 'step'
    | 'board'
    | 'activity'
    | 'notice'
    | 'paper'
    | 'contribution',
  id: string,
  set: object,
): Change[] => [{ op: 'patch', kind, id, set: { ...set } }];

const PREDICTIONS: Predictions = {
  'note.add': (c, view, me) => {
    const current = view.get('workshop', 'workshop')?.step ?? '';
    const step = view.get('step', c.step ?? current);
    const note = {
      kind: 'note' as const,
      id: c.id,
      board: c.board,
      section: c.section,
      rank: c.rank,
      text: c.text,
    };
    const rest = { by: me.person, at: me.now, rev: 1, lenses: [], siblings: [], step: step?.id ?? '' };
    const marks = {
      anonymous: (c.anonymous ?? false) || (step?.anonymous ?? false),
      sealed: false,
      late: step?.id !== current,
      binned: false,
      binned_at: 0,
    };
    const more = { stack: null, colour: null, reactions: 0, waits: waits(step, view, me), aside: false };
    return [{ op: 'put', record: { ...note, ...rest, ...marks, ...more } }];
  },
  'note.edit': (c) => patch('note', c.id, { text: c.text }),
  'note.settle': (c) => patch('note', c.id, { text: c.text, siblings: [] }),
  'note.move': (c, view) => {
    const stack = c.stack ? view.get('stack', c.stack) : undefined;
    const { board, section } = stack ?? c;
    const change = patch('note', c.id, { board, section, rank: c.rank, stack: c.stack ?? null });
    return [...change, ...leaving(c.id, c.stack ?? null, view)];
  },
  'note.tag': (c) => patch('note', c.id, { lenses: [...c.lenses] }),
  'note.colour': (c) => patch('note', c.id, { colour: c.colour }),
  'note.bin': (c, view, me) => [
    ...(view.get('note', c.id)?.binned
      ? []
      : patch('note', c.id, { binned: true, binned_at: me.now, stack: null })),
    ...leaving(c.id, null, view),
  ],
  'note.admit': (c) => c.ids.flatMap((id) => patch('note', id, { waits: false })),
  'note.aside': (c, view) => [
    ...patch('note', c.id, c.on ? { aside: true, stack: null } : { aside: false }),
    ...(c.on ? leaving(c.id, null, view) : []),
  ],
  'issue.admit': (c) => c.ids.flatMap((id) => patch('issue', id, { waits: false })),
  'issue.aside': (c) => patch('issue', c.id, { aside: c.on }),
  'note.restore': (c) => patch('note', c.id, { binned: false, binned_at: 0 }),
  'note.react': (c, view, me) => react(c.id, c.on, view, me),
  'note.many': (c, view, me) => {
    const changes: Change[] = [];
    let now = view;
    for (const one of c.commands) {
      const made = predict(one, now, me);
      now = now.with(made);
      changes.push(...made);
    }
    return changes;
  },
  'stack.make': (c, view) => {
    const first = view.get('note', c.notes[0] ?? '');
    if (!first || view.get('stack', c.id)) return [];
    const { board, section } = first;
    const rank = c.rank ?? view.get('stack', first.stack ?? '')?.rank ?? first.rank;
    const stack = { kind: 'stack' as const, id: c.id, board, section, rank, title: c.title ?? '' };
    const notes = c.notes.flatMap((id) => patch('note', id, { board, section, stack: c.id }));
    const left = new Set(c.notes.map((id) => view.get('note', id)?.stack));
    const gone = [...left].flatMap((old) => (old ? without(old, c.notes, view) : []));
    return [{ op: 'put', record: stack }, ...notes, ...gone];
  },
  'stack.name': (c) => patch('stack', c.id, { title: c.title }),
  'stack.move': (c, view) => {
    const { board, section } = c;
    const along = stacked(view, c.id).flatMap((id) => patch('note', id, { board, section }));
    return [...patch('stack', c.id, { board, section, rank: c.rank }), ...along];
  },
  'stack.split': (c, view) => [
    ...stacked(view, c.id).flatMap((id) => patch('note', id, { stack: null })),
    { op: 'drop', kind: 'stack', id: c.id },
  ],
  'comment.add': (c, view, me) => {
    const nameless = (c.anonymous ?? false) || (view.get('note', c.note)?.anonymous ?? false);
    const { id, note, rank, text } = c;
    const by = { by: me.person, at: me.now, anonymous: nameless };
    return [{ op: 'put', record: { kind: 'comment', id, note, rank, text, ...by } }];
  },
  'comment.edit': (c) => patch('comment', c.id, { text: c.text }),
  'comment.drop': (c) => [{ op: 'drop', kind: 'comment', id: c.id }],
  'link.add': (c, view, me) => {
    const { id, title, url, note = null, issue = null } = c;
    const anonymous = (c.anonymous ?? false) || (view.get('note', note ?? '')?.anonymous ?? false);
    const link = { id, title, url, note, issue, by: me.person, at: me.now, anonymous };
    const file = { blob: null, media: null, size: 0, sha256: '', small: '' };
    return [{ op: 'put', record: { kind: 'contribution', ...link, ...file } }];
  },
  'contribution.name': (c) => patch('contribution', c.id, { title: c.title }),
  'contribution.drop': (c) => [{ op: 'drop', kind: 'contribution', id: c.id }],
  'issue.add': (c, view, me) => [
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
        waits: waits(proposing(view), view, me),
        aside: false,
      },
    },
  ],
  'issue.edit': (c) => patch('issue', c.id, { title: c.title, detail: c.detail ?? '' }),
  'issue.drop': (c) => [{ op: 'drop', kind: 'issue', id: c.id }],
  'person.move': (c) => patch('person', c.person, { board: c.board }),
  'person.rename': (c, _view, me) => {
    const id = c.person ?? me.person;
    return id ? patch('person', id, { name: c.name, place: c.place }) : [];
  },
  'person.lead': (c) => patch('person', c.person, { leads: c.board }),
  'person.mute': (c) => patch('person', c.person, { muted: c.muted }),
  'hand.raise': (_c, view, me) => {
    const hand = view.get('person', me.person ?? '')?.hand ?? me.now;
    return me.person ? patch('person', me.person, { hand }) : [];
  },
  'hand.lower': (c) => patch('person', c.person, { hand: null }),
  'hand.clear': (_c, view) =>
    view.all('person').flatMap(({ id, hand }) => (hand === null ? [] : patch('person', id, { hand: null }))),
  'seat.add': (c, view, me) => {
    const host = view.get('person', me.person ?? '');
    if (!host) return [];
    const seat = { id: c.id, name: c.name, role: 'participant' as const, host: host.id, joined: me.now };
    return [{ op: 'put', record: { ...host, hand: null, muted: false, leads: null, ...seat } }];
  },
  'seat.drop': (c) => patch('person', c.id, { removed: true }),
  'seat.act': (c, view, me) => predict(c.command, view, { ...me, person: c.seat }),
  'people.place': (c) => patch('workshop', 'workshop', { placing: c.on }),
  'person.ready': (c, _view, me) =>
    me.person ? patch('person', me.person, { ready: c.ready ? c.step : null }) : [],
  'notice.say': (c, _view, me) => {
    const { id, text } = c;
    const rest = { board: c.board ?? null, by: me.person, at: me.now, ended: false };
    return [{ op: 'put', record: { kind: 'notice', id, text, ...rest } }];
  },
  'notice.end': (c) => patch('notice', c.id, { ended: true }),
  'memo.write': (c, _view, me) => {
    const { step, text } = c;
    if (!me.person) return [];
    const id = `${step}.${me.person}`;
    if (text.trim() === '') return [{ op: 'drop', kind: 'memo', id }];
    return [{ op: 'put', record: { kind: 'memo', id, step, person: me.person, text } }];
  },
  'workshop.retain': (c) => patch('workshop', 'workshop', { retain: c.days }),
  'workshop.spotlight': (c) =>
    patch('workshop', 'workshop', {
      spotlight: c.target,
      ...(c.target === null ? { gathered: null } : { wall: 'live', wall_at: 0 }),
    }),
  'workshop.wall': (c, _view, me) =>
    patch('workshop', 'workshop', {
      wall: c.wall,
      wall_at: me.now,
      ...(c.wall === 'turns' && { spotlight: null, gathered: null }),
    }),
  'workshop.gather': (c, _view, me) => patch('workshop', 'workshop', { gathered: c.on ? me.person : null }),
  'step.edit': (c) => {
    const news = Object.entries(c).filter(([name, to]) => name !== 'do' && name !== 'step' && to !== null);
    return patch('step', c.step, Object.fromEntries(news));
  },
  'board.lock': (c) => patch('board', c.board, { locked: c.locked }),
  'activity.add': (c, _view, me) => {
    const { id, rank, title, owner = '', first = '', start, length, issue = null, source = null } = c;
    const made = { status: 'idea' as const, by: me.person, at: me.now, rev: 1, lens: null, after: [] };
    const said = { id, rank, title, owner, first, start, length, issue, source };
    return [{ op: 'put', record: { kind: 'activity', ...said, ...made } }];
  },
  'activity.edit': ({ id, rev, title, owner, first }, view) => {
    const words = Object.entries({ title, owner, first }).filter(([, value]) => value != null);
    // The next edit is against the version that this one makes.
    const next = view.get('activity', id)?.rev === rev ? { rev: rev + 1 } : {};
    return patch('activity', id, { ...Object.fromEntries(words), ...next });
  },
  'activity.set': (c) => {
    const { start, length, status, rank, issue, lens, after } = c;
    const given = Object.entries({ start, length, status, rank, after }).filter(([, value]) => value != null);
    return patch('activity', c.id, {
      ...Object.fromEntries(given),
      ...(issue == null ? {} : { issue: issue || null }),
      ...(lens == null ? {} : { lens: lens || null }),
    });
  },
  'activity.drop': (c) => [{ op: 'drop', kind: 'activity', id: c.id }],
  'paper.edit': (c, view, me) => {
    const n = view.all('update').reduce((most, update) => Math.max(most, update.n), 0) + 1;
    const { id, data } = c;
    return [{ op: 'put', record: { kind: 'update', id, n, data, by: me.person, at: me.now, held: false } }];
  },
  'paper.set': (c) => patch('paper', 'paper', { target: c.target }),
  'vote.cast': (c, view, me) => dots(c.round, c.target, c.dots, view, me),
};

/** The changes that the command would make here and now; none where that cannot be foreseen. */
export function predict(command: Command, view: View, me: Me): Change[] {
  const rule = PREDICTIONS[command.do] as ((c: Command, view: View, me: Me) => Change[]) | undefined;
  return rule ? rule(command, view, me) : [];
}

/** What is added in a moderated step waits, but what facilitators add ([MOD1]). */
function waits(step: Step | undefined, view: View, me: Me): boolean {
  return step?.moderated === true && view.get('person', me.person ?? '')?.role !== 'facilitator';
}

/** The step whose settings hold for a new issue: while issues are chosen, the one before it for proposing. */
function proposing(view: View): Step | undefined {
  const now = view.get('step', view.get('workshop', 'workshop')?.step ?? '');
  if (now?.step !== 'choose') return now;
  const before = view.all('step').filter((step) => step.step === 'propose' && step.rank < now.rank);
  return before.sort((a, b) => (a.rank < b.rank ? -1 : 1)).at(-1) ?? now;
}

/** The notes of a stack. */
function stacked(view: View, stack: string): string[] {
  return view
    .all('note')
    .filter((note) => note.stack === stack)
    .map((note) => note.id);
}

function leaving(id: string, to: string | null, view: View): Change[] {
  const stack = view.get('note', id)?.stack;
  return stack && stack !== to ? without(stack, [id], view) : [];
}

/** A stack that is left with one note dissolves. */
function without(id: string, notes: readonly string[], view: View): Change[] {
  const stack = view.get('stack', id);
  const staying = stacked(view, id).filter((other) => !notes.includes(other));
  if (!stack || staying.length > 1) return [];
  const last = staying.flatMap((other) => patch('note', other, { stack: null, rank: stack.rank }));
  return [...last, { op: 'drop', kind: 'stack', id }];
}

function react(id: string, on: boolean, view: View, me: Me): Change[] {
  const note = view.get('note', id);
  const mine = `${id}.${me.person ?? ''}`;
  if (!note || !me.person || (view.get('reaction', mine) !== undefined) === on) return [];
  const count = patch('note', id, { reactions: note.reactions + (on ? 1 : -1) });
  if (!on) return [{ op: 'drop', kind: 'reaction', id: mine }, ...count];
  return [{ op: 'put', record: { kind: 'reaction', id: mine, note: id, person: me.person } }, ...count];
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

import { describe, expect, it } from 'vitest';

import type { Command, Note, Record as AnyRecord } from '../protocol/types.ts';
import { viewOf } from './fold.ts';
import { predict } from './predict.ts';

const ME = { person: 'me', now: 1 };
const step = (id: string, anonymous: boolean): AnyRecord =>
  ({ kind: 'step', id, rank: 'a0', step: 'write', title: id, minutes: 5, anonymous }) as AnyRecord;
const view = viewOf([
  { kind: 'workshop', id: 'workshop', step: 'open' } as AnyRecord,
  step('open', false),
  step('nameless', true),
]);

function added(named: string | null, anonymous = false): Note {
  const place = { id: 'n', board: 'b', section: 's', rank: 'a0', text: 'words' };
  const [change] = predict({ do: 'note.add', ...place, step: named, anonymous }, view, ME);
  if (change?.op !== 'put' || change.record.kind !== 'note') throw new Error('No note.');
  return change.record;
}

describe('[SOFT1] a note on its way', () => {
  it('is of the step that was named, and late where the others are elsewhere', () => {
    expect(added('nameless')).toMatchObject({ step: 'nameless', anonymous: true, late: true });
    expect(added('open')).toMatchObject({ step: 'open', anonymous: false, late: false });
    expect(added(null)).toMatchObject({ step: 'open', anonymous: false, late: false });
  });

  it('[SOFT4] has no name where that was promised, whatever the step is by now', () => {
    expect(added('open', true)).toMatchObject({ step: 'open', anonymous: true });
  });
});

describe('[MOD1] a note on its way in a moderated step', () => {
  const waits = (role: string): unknown => {
    const held = { ...step('open', false), moderated: true } as AnyRecord;
    const person = { kind: 'person', id: 'me', role } as AnyRecord;
    const moderated = viewOf([{ kind: 'workshop', id: 'workshop', step: 'open' } as AnyRecord, held, person]);
    const place = { id: 'n', board: 'b', section: 's', rank: 'a0', text: 'words' };
    return predict({ do: 'note.add', ...place }, moderated, ME).map(
      (change) => 'record' in change && change.record,
    );
  };

  it("waits, but not where it is the facilitator's", () => {
    expect(waits('participant')).toMatchObject([{ waits: true }]);
    expect(waits('facilitator')).toMatchObject([{ waits: false }]);
  });
});

describe('[CLIENT15] a command that the log holds already, and of which one was not told yet', () => {
  const note = (id: string, stack: string | null = null): AnyRecord =>
    ({ kind: 'note', id, board: 'b', section: 's', rank: `a${id}`, text: id, stack }) as AnyRecord;
  const old = { kind: 'stack', id: 'old', board: 'b', section: 's', rank: 'a0', title: '' } as AnyRecord;
  const wall = viewOf([old, note('1'), note('2', 'old'), note('3', 'old'), note('4', 'old')]);

  it.each<Command>([
    { do: 'stack.make', id: 'new', notes: ['1', '2'], title: '' },
    { do: 'note.move', id: '2', board: 'b', section: 's', rank: 'b0' },
    { do: 'stack.move', id: 'old', board: 'b', section: 't', rank: 'b0' },
    { do: 'stack.split', id: 'old' },
  ])('changes nothing more: $do', (command) => {
    const held = wall.with(predict(command, wall, ME));
    const again = held.with(predict(command, held, ME));
    for (const kind of ['note', 'stack'] as const) expect(again.all(kind)).toEqual(held.all(kind));
  });
});

describe('[SOFT2] a comment on its way', () => {
  it('stays without a name where that was promised', () => {
    const comment = { do: 'comment.add', id: 'c', note: 'n', rank: 'a0', text: 'so true' } as const;
    const nameless = (anonymous: boolean): unknown =>
      predict({ ...comment, anonymous }, view, ME).map((change) => 'record' in change && change.record);
    expect(nameless(true)).toMatchObject([{ anonymous: true }]);
    expect(nameless(false)).toMatchObject([{ anonymous: false }]);
  });
});

import { describe, expect, it } from 'vitest';

import type { Command, Note, Record as AnyRecord } from '../protocol/types.ts';
import { viewOf } from '../sync/fold.ts';
import { predict } from '../sync/predict.ts';
import type { Session } from '../sync/session.ts';
import { restoreNote } from './intents.ts';
import { Live } from './live.svelte.ts';

const PLACE = { board: 'b', section: 's' };
const ME = { person: 'me', now: 1 };

const note = (id: string, rank: string, more: Partial<Note> = {}): Note => ({
  ...{ kind: 'note', id, ...PLACE, rank, text: id, by: 'me', at: 1, rev: 1, lenses: [], siblings: [] },
  ...{ step: 'w', anonymous: false, sealed: false, late: false, binned: false, waits: false, aside: false },
  ...{ stack: null, colour: null, reactions: 0, ...more },
});

/** A device alone with what is there: what it does is done as foreseen. */
function alone(records: readonly AnyRecord[]) {
  const session = {
    view: viewOf(records),
    do(command: Command) {
      this.view = this.view.with(predict(command, this.view, ME));
      live.refresh();
    },
    ...{ line: { is: 'connecting' }, pipeline: { pending: [] }, present: new Map(), others: 0 },
    ...{ returned: [], you: null, clock: { now: () => ME.now } },
  };
  const live = new Live(
    { workshop: 'w', token: '', person: ME.person, role: 'participant', waiting: false },
    session as unknown as Session,
  );
  live.refresh();
  return {
    live,
    session,
    /** What one reads in the section, a stack in brackets. */
    read: () =>
      live.items('b', 's').map((item) => {
        const inside = live.inside(item.id).map(({ text }) => text);
        return item.kind === 'note' ? item.text : `(${inside.join(' ')})`;
      }),
  };
}

describe('[UNDO4] what comes out of the bin', () => {
  it('hangs once its words are here', () => {
    const { live, session, read } = alone([note('a', 'a0', { by: 'they', text: '', binned: true })]);
    expect(live.binned('b')).toHaveLength(1);
    const [a] = live.binned('b');
    if (a) restoreNote(live, a);
    expect(read()).toEqual([]);
    session.view = session.view.with([{ op: 'patch', kind: 'note', id: 'a', set: { text: 'theirs' } }]);
    live.refresh();
    expect(read()).toEqual(['theirs']);
  });
});

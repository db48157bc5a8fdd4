/** What people do, as commands. Ids and ranks are made here, so that a retry names the same thing. */

import { FRAME_BYTES, STACKED } from '../protocol/limits.ts';
import type {
  Board,
  Comment,
  Contribution,
  Issue,
  Note,
  NoteAdd,
  NoteColour,
  NoteMany,
  Notice,
  Place,
  Step,
  Workshop,
} from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import type { Live } from './live.svelte.ts';
import type { Item } from './places.svelte.ts';
import { between, ranksBetween } from './ranks.ts';
import { roomAt } from './stacking.ts';
import type { Target } from './uploads.svelte.ts';

/** Where a new note goes; `step`: the writing step that is on the screen. */
export interface Where {
  board: string;
  section: string;
  step: string | null;
}

/** What their author is promised of notes that are written in this step ([SOFT4]). */
export function promised(live: Live, step: string | null): Pick<NoteAdd, 'step' | 'private' | 'anonymous'> {
  const there = live.steps.find(({ id }) => id === step);
  return {
    step,
    private: (there?.private && !there.revealed) ?? false,
    anonymous: there?.anonymous ?? false,
  };
}

/** A new note at the top of a section (where the composer is). Returns its id. */
export function addNote(live: Live, { board, section, step }: Where, text: string): string {
  const id = newId();
  const rank = between(null, live.items(board, section)[0]?.rank ?? null);
  live.do({ do: 'note.add', id, board, section, rank, text, ...promised(live, step) });
  return id;
}

/** Several new notes at the top of a section, in their order; as few commands as hold them. */
export function addNotes(live: Live, where: Where, texts: readonly string[]): void {
  addAll(
    live,
    where,
    texts.map((text) => ({ text, lenses: [] })),
  );
}

/** Likewise, with the lenses that they have from the beginning. Returns the commands. */
export function addAll(
  live: Live,
  { board, section, step }: Where,
  notes: readonly { text: string; lenses: string[] }[],
): NoteMany[] {
  const ranks = ranksBetween(null, live.items(board, section)[0]?.rank ?? null, notes.length);
  const sent: NoteMany[] = [];
  let commands: NoteMany['commands'] = [];
  let bytes = 0;
  const promise = promised(live, step);
  const send = (): void => {
    if (commands.length > 0) sent.push({ do: 'note.many', commands });
    [commands, bytes] = [[], 0];
  };
  notes.forEach(({ text, lenses }, n) => {
    const id = newId();
    const place = { board, section, rank: ranks[n] ?? '' };
    const add: NoteAdd = { do: 'note.add', id, ...place, text, ...promise };
    const both = lenses.length > 0 ? [add, { do: 'note.tag' as const, id, lenses }] : [add];
    const size = new TextEncoder().encode(JSON.stringify(both)).length;
    if (commands.length + both.length > STACKED || bytes + size > FRAME_BYTES * 0.9) send();
    commands.push(...both);
    bytes += size;
  });
  send();
  for (const command of sent) live.do(command);
  return sent;
}

/** Whether what is written now may be stacked at once: it is not face down, and does not wait ([STACK4] [MOD1]). */
function stacksAtOnce(live: Live, step: string | null): boolean {
  const leads = live.role === 'facilitator';
  // Which step it will belong to is for the server to say where none is on the screen.
  const steps = live.steps.filter((one) => (step === null ? one.step === 'write' : one.id === step));
  return steps.every((one) => (!one.private || one.revealed) && (!one.moderated || leads));
}

/** What the copy of a note comes behind, among what: in its stack, unless that is full or it may not be stacked yet. */
function behindWhat(live: Live, note: Note, step: string | null): { item: Item; among: readonly Item[] } {
  const stack = live.stack(note.stack);
  const items = live.items(note.board, note.section);
  if (!stack) return { item: note, among: items };
  const inside = live.inside(stack.id);
  const joins = inside.length < STACKED && stacksAtOnce(live, step);
  return joins ? { item: note, among: inside } : { item: stack, among: items };
}

/** The same again, right behind the note ([WRITE7]); `step` as in `Where`. Returns its id. */
export function copyNote(live: Live, note: Note, step: string | null): string {
  const id = newId();
  const { board, section, text } = note;
  const { item, among } = behindWhat(live, note, step);
  const { ranks, shifts } = roomAt(among, among.findIndex((other) => other.id === item.id) + 1, 1);
  const place = { board, section, rank: ranks[0] ?? item.rank };
  const add: NoteAdd = { do: 'note.add', id, ...place, text, ...promised(live, step) };
  const stack = item.kind === 'note' ? item.stack : null;
  const more = [
    ...(stack ? [{ do: 'note.move' as const, id, ...place, stack }] : []),
    ...(note.lenses.length > 0 ? [{ do: 'note.tag' as const, id, lenses: note.lenses }] : []),
    ...(note.colour ? [{ do: 'note.colour' as const, id, colour: note.colour }] : []),
    ...shifts,
  ];
  live.do(more.length > 0 ? { do: 'note.many', commands: [add, ...more] } : add);
  return id;
}

/** `began` is the note as it was when the editing began. */
export function editNote(live: Live, began: Note, text: string): void {
  if (text !== began.text) live.do({ do: 'note.edit', id: began.id, rev: began.rev, base: began.text, text });
}

export function settleNote(live: Live, note: Note, text: string): void {
  live.do({ do: 'note.settle', id: note.id, rev: note.rev, text });
}

/** To a section, before the note at `place` (0: first; the length: last). */
export function moveNote(
  live: Live,
  note: Note,
  to: { board: string; section: string; place?: number },
): void {
  const there = live.items(to.board, to.section).filter((other) => other.id !== note.id);
  const place = Math.min(to.place ?? 0, there.length);
  const rank = between(there[place - 1]?.rank ?? null, there[place]?.rank ?? null);
  live.do({ do: 'note.move', id: note.id, board: to.board, section: to.section, rank });
}

export function tagNote(live: Live, note: Note, lens: string): void {
  const lenses = note.lenses.includes(lens) ? note.lenses.filter((l) => l !== lens) : [...note.lenses, lens];
  live.do({ do: 'note.tag', id: note.id, lenses });
}

/** Off the wall for all but its author and facilitators, or on it again ([ASIDE1]). */
export function setAside(live: Live, held: Note | Issue, on: boolean): void {
  live.do({ do: `${held.kind}.aside`, id: held.id, on });
}

/** Let through what waits ([MOD2]). */
export function letThrough(live: Live, held: readonly (Note | Issue)[]): void {
  for (const kind of ['note', 'issue'] as const) {
    const ids = held.filter((one) => one.kind === kind).map(({ id }) => id);
    for (let n = 0; n < ids.length; n += STACKED)
      live.do({ do: `${kind}.admit`, ids: ids.slice(n, n + STACKED) });
  }
}

/** null: its section's colour. */
export function colourNote(live: Live, note: Note, colour: NoteColour['colour']): void {
  live.do({ do: 'note.colour', id: note.id, colour });
}

export function reactTo(live: Live, note: Note, on: boolean): void {
  live.do({ do: 'note.react', id: note.id, on });
}

/** `anonymous`: it is written where nobody's name is told. */
export function addComment(live: Live, note: Note, text: string, anonymous: boolean): void {
  const rank = between(live.commentsOn(note.id).at(-1)?.rank ?? null, null);
  live.do({ do: 'comment.add', id: newId(), note: note.id, rank, text, anonymous });
}

export function editComment(live: Live, comment: Comment, text: string): void {
  if (text !== comment.text) live.do({ do: 'comment.edit', id: comment.id, text });
}

export function dropComment(live: Live, comment: Comment): void {
  live.do({ do: 'comment.drop', id: comment.id });
}

/** A link to what `to` names. `anonymous`: as of a comment. */
export function addLink(live: Live, to: Target, title: string, url: string, anonymous: boolean): void {
  live.do({ do: 'link.add', id: newId(), title, url, ...to, anonymous });
}

export function nameGiven(live: Live, given: Contribution, title: string): void {
  if (title !== given.title) live.do({ do: 'contribution.name', id: given.id, title });
}

export function dropGiven(live: Live, given: Contribution): void {
  live.do({ do: 'contribution.drop', id: given.id });
}

export function binNote(live: Live, note: Note): void {
  live.do({ do: 'note.bin', id: note.id });
}

export function restoreNote(live: Live, note: Note): void {
  live.do({ do: 'note.restore', id: note.id });
}

/** One more of my dots, if there is one and the item may take it. */
export function placeDot(live: Live, round: Step, target: string): void {
  const mine = live.myDots(round.id, target);
  if (live.dotsLeft(round) > 0 && mine < round.most)
    live.do({ do: 'vote.cast', round: round.id, target, dots: mine + 1 });
}

export function takeDot(live: Live, round: Step, target: string): void {
  const mine = live.myDots(round.id, target);
  if (mine > 0) live.do({ do: 'vote.cast', round: round.id, target, dots: mine - 1 });
}

export function proposeIssue(live: Live, title: string, detail = ''): void {
  const last = live.issues.at(-1)?.rank ?? null;
  live.do({ do: 'issue.add', id: newId(), rank: between(last, null), title, detail });
}

export function editIssue(live: Live, issue: Issue, title: string, detail: string): void {
  live.do({ do: 'issue.edit', id: issue.id, rev: issue.rev, title, detail });
}

export function dropIssue(live: Live, issue: Issue): void {
  live.do({ do: 'issue.drop', id: issue.id });
}

export function mergeIssue(live: Live, issue: Issue, into: Issue): void {
  live.do({ do: 'issue.merge', id: issue.id, into: into.id });
}

export function chooseIssues(live: Live, ids: string[]): void {
  live.do({ do: 'issue.choose', ids });
}

export function goTo(live: Live, step: Step): void {
  const current = live.workshop?.step;
  if (current) live.do({ do: 'step.go', step: step.id, current });
}

export function next(live: Live): void {
  if (live.nextStep) goTo(live, live.nextStep);
}

export function back(live: Live): void {
  if (live.previousStep) goTo(live, live.previousStep);
}

export function extend(live: Live, minutes: number): void {
  live.do({ do: 'step.extend', minutes });
}

/** More minutes for one group alone. */
export function extendBoard(live: Live, board: Board, minutes: number): void {
  const step = live.workshop?.step;
  if (step) live.do({ do: 'board.extend', board: board.id, step, minutes });
}

/** Stop the current step's clock, or let it go on. */
export function pauseClock(live: Live, on: boolean): void {
  const step = live.workshop?.step;
  if (step) live.do({ do: 'step.pause', step, on });
}

/** The time of the current step is up. */
export function endTime(live: Live): void {
  const step = live.workshop?.step;
  if (step) live.do({ do: 'step.end', step });
}

export type StepFields = Partial<
  Pick<
    Step,
    | 'title'
    | 'minutes'
    | 'instruction'
    | 'dots'
    | 'most'
    | 'blind'
    | 'private'
    | 'anonymous'
    | 'most_notes'
    | 'moderated'
    | 'skipped'
  >
>;

export function editStep(live: Live, step: Step, fields: StepFields): void {
  live.do({ do: 'step.edit', step: step.id, ...fields });
}

/** To another place in the agenda: before the step that is there now; the length: last. */
export function moveStep(live: Live, id: string, place: number): void {
  const from = live.steps.findIndex((step) => step.id === id);
  if (from < 0 || place === from || place === from + 1) return;
  const rank = between(live.steps[place - 1]?.rank ?? null, live.steps[place]?.rank ?? null);
  live.do({ do: 'step.edit', step: id, rank });
}

/** A new step behind another. Returns its id. */
export function addStep(live: Live, wanted: Pick<Step, 'step' | 'title' | 'minutes'>, after: string): string {
  const id = newId();
  const index = live.steps.findIndex((step) => step.id === after);
  const rank = between(live.steps[index]?.rank ?? null, live.steps[index + 1]?.rank ?? null);
  live.do({ do: 'step.add', id, rank, ...wanted });
  return id;
}

export function dropStep(live: Live, step: Step): void {
  live.do({ do: 'step.drop', step: step.id });
}

/** `at` in ms; null: no time. */
export function setStart(live: Live, at: number | null): void {
  live.do({ do: 'workshop.start', at });
}

export function reveal(live: Live, step: Step): void {
  live.do({ do: 'step.reveal', step: step.id });
}

export function showResults(live: Live, step: Step): void {
  live.do({ do: 'step.show', step: step.id });
}

/** `anew`: those who have a group may be moved too. */
export function balance(live: Live, anew: boolean): void {
  live.do({ do: 'people.balance', anew });
}

/** `board` null: to everybody. */
export function sayNotice(live: Live, text: string, board: string | null): void {
  live.do({ do: 'notice.say', id: newId(), text, board });
}

export function endNotice(live: Live, notice: Notice): void {
  live.do({ do: 'notice.end', id: notice.id });
}

/** To oneself, for a step; empty: nothing any more. */
export function writeMemo(live: Live, step: string, text: string): void {
  if (text !== live.memo(step)) live.do({ do: 'memo.write', step, text });
}

export function sayReady(live: Live, step: Step, ready: boolean): void {
  live.do({ do: 'person.ready', step: step.id, ready });
}

export function joinBoard(live: Live, board: Board | null): void {
  const person = live.pass.person;
  if (person) live.do({ do: 'person.move', person, board: board?.id ?? null });
}

export function rename(live: Live, name: string, place: Place): void {
  live.do({ do: 'person.rename', name, place });
}

/** What the big screens do from now on. */
export function setWall(live: Live, wall: Workshop['wall']): void {
  live.do({ do: 'workshop.wall', wall });
}

/** Bring everybody to what is in the spotlight, or let them go. */
export function gather(live: Live, on: boolean): void {
  live.do({ do: 'workshop.gather', on });
}

export function spotlight(live: Live, target: string | null): void {
  live.do({ do: 'workshop.spotlight', target });
}

export function lockBoard(live: Live, board: Board, locked: boolean): void {
  live.do({ do: 'board.lock', board: board.id, locked });
}

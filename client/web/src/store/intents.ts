/** What people do, as commands. Ids and ranks are made here, so that a retry names the same thing. */

import { generateKeyBetween } from 'fractional-indexing';

import type { Board, Issue, Note, Place, Step } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import type { Live } from './live.svelte.ts';

/** A rank between two neighbours; where clashing neighbours leave no room, behind the first. */
export function between(before: string | null, after: string | null): string {
  if (before !== null && after !== null && before >= after) return generateKeyBetween(before, null);
  return generateKeyBetween(before, after);
}

/** A new note at the top of a section (where the composer is). Returns its id. */
export function addNote(live: Live, board: string, section: string, text: string): string {
  const id = newId();
  const rank = between(null, live.notes(board, section)[0]?.rank ?? null);
  live.do({ do: 'note.add', id, board, section, rank, text });
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
  const there = live.notes(to.board, to.section).filter((other) => other.id !== note.id);
  const place = Math.min(to.place ?? 0, there.length);
  const rank = between(there[place - 1]?.rank ?? null, there[place]?.rank ?? null);
  live.do({ do: 'note.move', id: note.id, board: to.board, section: to.section, rank });
}

export function tagNote(live: Live, note: Note, lens: string): void {
  const lenses = note.lenses.includes(lens) ? note.lenses.filter((l) => l !== lens) : [...note.lenses, lens];
  live.do({ do: 'note.tag', id: note.id, lenses });
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

export type StepFields = Partial<
  Pick<Step, 'title' | 'minutes' | 'instruction' | 'dots' | 'most' | 'blind' | 'private' | 'anonymous'>
>;

export function editStep(live: Live, step: Step, fields: StepFields): void {
  live.do({ do: 'step.edit', step: step.id, ...fields });
}

export function reveal(live: Live, step: Step): void {
  live.do({ do: 'step.reveal', step: step.id });
}

export function showResults(live: Live, step: Step): void {
  live.do({ do: 'step.show', step: step.id });
}

export function balance(live: Live): void {
  live.do({ do: 'people.balance' });
}

export function joinBoard(live: Live, board: Board | null): void {
  const person = live.pass.person;
  if (person) live.do({ do: 'person.move', person, board: board?.id ?? null });
}

export function rename(live: Live, name: string, place: Place): void {
  live.do({ do: 'person.rename', name, place });
}

export function spotlight(live: Live, target: string | null): void {
  live.do({ do: 'workshop.spotlight', target });
}

export function lockBoard(live: Live, board: Board, locked: boolean): void {
  live.do({ do: 'board.lock', board: board.id, locked });
}

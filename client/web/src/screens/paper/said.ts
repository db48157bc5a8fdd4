/** What a live quote says: what its note or stack says to everybody now ([QUOTE1]). Documents say the same. */

import type { Room } from '../../parts/room.svelte.ts';
import type { Note, Stack } from '../../protocol/types.ts';
import { t } from '../../words/index.ts';

/** A note or a stack, and what lies beneath it. */
export interface Said {
  id: string;
  text: string;
  dots: number;
  beneath: Said[];
}

/** Nothing where not everybody may read it: what this person may read is no matter ([QUOTE2]). */
export function said(room: Room, id: string): Said | undefined {
  const note = room.live.note(id);
  if (note) return isOpen(room, note) ? ofNote(room, note) : undefined;
  const stack = room.live.stack(id);
  const notes = stack ? room.live.inside(id).filter((each) => isOpen(room, each)) : [];
  return stack && notes.length > 0 ? ofStack(room, stack, notes) : undefined;
}

/** Whether everybody may read it, the big screen too. */
export function isOpen(room: Room, note: Note): boolean {
  const step = room.live.steps.find(({ id }) => id === note.step);
  const sealed = note.sealed || !step || (step.private && !step.revealed);
  return !sealed && !note.binned && !note.waits && !note.aside;
}

function ofNote(room: Room, { id, text, siblings }: Note): Said {
  const others = siblings.map((each) => ({
    id,
    text: `${t('quote.also')} ${each}`,
    dots: 0,
    beneath: [],
  }));
  return { id, text: text.replace(/[ \t\n]+$/u, ''), dots: dotsOn(room, id), beneath: others };
}

function ofStack(room: Room, { id, title }: Stack, notes: readonly Note[]): Said {
  const beneath = notes.map((note) => ofNote(room, note)).sort((a, b) => b.dots - a.dots);
  const dots = beneath.reduce((sum, each) => sum + each.dots, dotsOn(room, id));
  return { id, text: title || t('quote.stack'), dots, beneath };
}

/** Of all rounds whose sums are shown. */
function dotsOn(room: Room, id: string): number {
  const votes = room.live.steps.filter(({ step }) => step === 'vote');
  return votes.reduce((sum, step) => sum + (room.live.tally(step.id, id)?.dots ?? 0), 0);
}

/** With its dots, as it stands in the paper. */
export function lineOf({ text, dots }: Said): string {
  return dots > 0 ? `${text} (${t('source.dots', { n: dots })})` : text;
}

/** All its words, to be counted and found. */
export function wordsOf(one: Said | undefined): string {
  return one ? [lineOf(one), ...one.beneath.map(wordsOf)].join('\n') : t('quote.gone');
}

/** Words that were typed and not sent: kept on this device until they are, so that a reload loses none ([WRITE8]). */

import { draftKey, keepDraft, readDraft } from '../store/drafts';
import type { Left } from '../store/filling';
import type { Live } from '../store/live.svelte';

// eslint-disable-next-line svelte/prefer-svelte-reactivity -- each is state itself; which there are nobody asks
const drafts = new Map<string, Draft>();

/** What stands in one place where one writes, wherever on the page that is asked. */
class Draft {
  private words = $state('');

  constructor(private readonly key: string) {
    this.words = readDraft(key);
  }

  get text(): string {
    return this.words;
  }

  set text(words: string) {
    this.words = words;
    keepDraft(this.key, words);
  }
}

export function draft(live: Live, name: string): Draft {
  const key = draftKey(live.pass, live.client, name);
  let found = drafts.get(key);
  if (!found) drafts.set(key, (found = new Draft(key)));
  return found;
}

/** What is written in the composer of a section. */
export const newNote = (live: Live, board: string, section: string): Draft =>
  draft(live, `${board}.${section}`);

/** An editing that was not finished: what it began with, and what was typed by then. */
export interface EditDraft {
  rev: number;
  base: string;
  text: string;
}

interface Kept<T> {
  get(): T | null;
  set(value: T | null): void;
}

export const editDraft = (live: Live, note: string): Kept<EditDraft> => structured(live, `edit.${note}`);

/** What was altered in an activity's sheet and not saved ([PLAN8]). */
export const sheetDraft = (live: Live, activity: string): Kept<Left> =>
  structured(live, `activity.${activity}`);

function structured<T>(live: Live, name: string): Kept<T> {
  const key = draftKey(live.pass, live.client, name);
  return {
    get() {
      try {
        return JSON.parse(readDraft(key) || 'null') as T | null;
      } catch {
        return null;
      }
    },
    set(value) {
      keepDraft(key, value ? JSON.stringify(value) : '');
    },
  };
}

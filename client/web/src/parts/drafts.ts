/** Words that were typed and not sent: kept on this device until they are, so that a reload loses none. */

import type { Left } from '../store/filling';

const PREFIX = 'plenary.draft.';
const memory = new Map<string, string>();

export interface Draft {
  get(): string;
  set(text: string): void;
}

/** Of a workshop, so that it goes with it ([GONE8]), and is never shown in another. */
export function draft(workshop: string, name: string): Draft {
  const key = `${PREFIX}${workshop}.${name}`;
  return {
    get() {
      try {
        return localStorage.getItem(key) ?? memory.get(key) ?? '';
      } catch {
        return memory.get(key) ?? '';
      }
    },
    set(text) {
      memory.set(key, text);
      try {
        if (text) localStorage.setItem(key, text);
        else localStorage.removeItem(key);
      } catch {
        // The device keeps nothing; the page does.
      }
    },
  };
}

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

export function editDraft(workshop: string, note: string): Kept<EditDraft> {
  return structured(draft(workshop, `edit.${note}`));
}

/** What was altered in an activity's sheet and not saved ([PLAN8]). */
export function sheetDraft(workshop: string, activity: string): Kept<Left> {
  return structured(draft(workshop, `activity.${activity}`));
}

function structured<T>(kept: Draft): Kept<T> {
  return {
    get() {
      try {
        return JSON.parse(kept.get() || 'null') as T | null;
      } catch {
        return null;
      }
    },
    set(value) {
      kept.set(value ? JSON.stringify(value) : '');
    },
  };
}

import type { Note } from '../protocol/types.ts';
import { at } from '../store/place.ts';
import { brief } from '../words/index.ts';

/** The address of a note, for everybody who may come in as a participant ([LINK1]). */
function linkTo(note: Note, code: string): string {
  return `${at(`w/${code.toLowerCase()}`)}#n=${encodeURIComponent(note.id)}`;
}

/** Which note an address points at. */
export function noteOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('n');
}

/** Give the link away: on a phone by what it shares with, else as a copy. True: it was copied. */
export async function share(note: Note, code: string): Promise<boolean> {
  const url = linkTo(note, code);
  const hand = window.matchMedia('(pointer: coarse)').matches;
  if (hand && 'share' in navigator) {
    await navigator.share({ text: brief(note.text, 120), url }).catch(() => undefined);
    return false;
  }
  return copied(url);
}

/** Also where the page is not a secure context: plain http in the room's network. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    // The only way without a secure context; old, and everywhere.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const done = document.execCommand('copy');
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return done;
  }
}

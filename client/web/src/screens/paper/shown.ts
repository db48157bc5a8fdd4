/** Which pictures the paper shows: those that everybody may see now ([PICTURE1]). Documents show the same. */

import type { Room } from '../../parts/room.svelte.ts';
import type { Contribution } from '../../protocol/types.ts';
import { takeFile, type Pass } from '../../store/api.ts';
import { isOpen } from './said.ts';

const KINDS: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
/** Of a larger file its small picture is shown, where it has one (bytes). */
const WHOLE_BYTES = 8_388_608;

/** The file of this id; nothing where it is no picture, or where not everybody may see it. */
export function shown(room: Room, id: string): Contribution | undefined {
  const file = room.live.contribution(id);
  return file && isShown(room, file) ? file : undefined;
}

/** All that may be put into the paper, the newest first. */
export function pictures(room: Room): Contribution[] {
  return room.live.brought.filter((file) => isShown(room, file)).reverse();
}

function isShown(room: Room, file: Contribution): boolean {
  if (file.blob === null || !KINDS.has(file.media ?? '')) return false;
  if (file.note !== null) {
    const note = room.live.note(file.note);
    return note !== undefined && isOpen(room, note);
  }
  if (file.issue === null) return true;
  const issue = room.live.issue(file.issue);
  return issue !== undefined && !issue.waits && !issue.aside;
}

/** Pictures that this page has, as addresses of its own; each is asked for once. */
const known = new Map<string, Promise<string | null>>();

/** Where a picture is to be had; null where it is not now. */
export function addressOf(pass: Pass, file: Contribution): Promise<string | null> {
  const key = `${pass.workshop}.${pass.token}.${file.id}.${file.sha256}`;
  const path = file.size > WHOLE_BYTES && file.small ? `${file.id}/small` : file.id;
  const there =
    known.get(key) ??
    takeFile(pass, path).then(
      (body) => URL.createObjectURL(body),
      () => null,
    );
  known.set(key, there);
  void there.then((address) => {
    if (address === null) known.delete(key);
  });
  return there;
}

/** A file that somebody brings, made ready to be sent ([GIVE6]). */

import { FILE_BYTES, TITLE_CHARS } from '../protocol/limits.ts';
import { Upload, type Target } from '../store/uploads.svelte.ts';
import { t } from '../words/index.ts';
import { prepared } from './picture.ts';
import type { Room } from './room.svelte.ts';

/** Send it; what it cannot be sent for, in words. `longest`: most pixels a side of a photo. */
export async function bring(room: Room, to: Target, file: File, longest?: number): Promise<Upload | string> {
  const { body, small } = await prepared(file, longest);
  if (body.size > FILE_BYTES) return t('give.tooLarge');
  if (body.size === 0) return '';
  const upload = new Upload(room.live.pass, to, named(file), body, small, room.step?.anonymous ?? false);
  room.uploads.bring(upload);
  return upload;
}

function named(file: File): string {
  return (
    file.name
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(-TITLE_CHARS) || t('give.file')
  );
}

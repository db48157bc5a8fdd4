import { AGENDA_BYTES, SENT_ARCHIVE_BYTES, SENT_BUNDLE_BYTES } from '../protocol/limits';
import type { Agenda, Opened } from '../protocol/types';
import { ApiError, openArchive, readAgenda } from '../store/api';
import { failure, t } from '../words';

/** [TMPL4] A file that somebody picked, looked through by the server; what is far too large is not even sent. */
export async function agendaIn(file: File): Promise<Agenda> {
  if (file.size > AGENDA_BYTES) throw new ApiError('too_large', t('agenda.large'));
  return readAgenda(await file.text());
}

/** Whether a file says of itself that it is a whole workshop ([ARCH7]): an archive, or one with its files in a ZIP. */
export async function isArchive(file: File): Promise<boolean> {
  const head = await file.slice(0, 200).text();
  return head.startsWith('PK\u0003\u0004') || /^\s*\{\s*"format"\s*:\s*"plenary-archive"/u.test(head);
}

/** The longest such file that is sent, in bytes. */
const mostOf = (file: File): number => (file.name.endsWith('.zip') ? SENT_BUNDLE_BYTES : SENT_ARCHIVE_BYTES);

/** Such a file, opened by the server; what is far too large is not even sent. */
export async function archiveIn(file: File): Promise<Opened> {
  if (file.size > mostOf(file)) throw new ApiError('too_large', '');
  return openArchive(file);
}

/** Why a whole workshop was not taken. */
export function whyNoArchive(error: unknown, file: File): string {
  if (!(error instanceof ApiError)) return failure(error);
  switch (error.code) {
    case 'too_large':
      return t('archive.large', { size: mostOf(file) / 1_048_576 });
    case 'exists':
      return t('archive.exists');
    case 'invalid':
      return t('archive.wrong', { detail: error.detail });
    default:
      return failure(error);
  }
}

/** Why an agenda was not taken. */
export function whyNot(error: unknown): string {
  if (!(error instanceof ApiError)) return failure(error);
  switch (error.code) {
    case 'too_large':
      return t('agenda.large');
    case 'version':
      return t('agenda.newer');
    case 'not_now':
      return t('agenda.begun');
    case 'malformed':
      return t('agenda.wrong');
    case 'invalid':
    case 'too_long':
      return t('agenda.where', { detail: error.detail });
    default:
      return failure(error);
  }
}

/** All its steps together. */
export function minutesOf(agenda: Agenda): number {
  return agenda.steps.reduce((sum, step) => sum + step.minutes, 0);
}

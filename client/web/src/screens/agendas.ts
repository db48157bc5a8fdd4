import { AGENDA_BYTES } from '../protocol/limits';
import type { Agenda } from '../protocol/types';
import { ApiError, readAgenda } from '../store/api';
import { failure, t } from '../words';

/** [TMPL4] A file that somebody picked, looked through by the server; what is far too large is not even sent. */
export async function agendaIn(file: File): Promise<Agenda> {
  if (file.size > AGENDA_BYTES) throw new ApiError('too_large', t('agenda.large'));
  return readAgenda(await file.text());
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

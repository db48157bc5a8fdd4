import type { Person } from '../protocol/types.ts';

/** [PEOPLE5] Participants, who sit on another's device too; not who leads, nor who was put out. */
export const takesPart = ({ role, removed }: Person): boolean => role === 'participant' && !removed;

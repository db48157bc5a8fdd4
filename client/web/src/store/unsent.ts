import type { Command } from '../protocol/types.ts';
import type { Pending } from '../sync/pipeline.ts';
import { deedOf } from './seats.ts';

/** Which notes and stacks these are about. */
export function unsent(pending: readonly Pick<Pending, 'command'>[]): Set<string> {
  return new Set(pending.flatMap(({ command }) => about(command)));
}

function about(command: Command): string[] {
  const deed = deedOf(command);
  if ('commands' in deed) return deed.commands.flatMap(about);
  const named = deed as { id?: unknown; note?: unknown; target?: unknown };
  return [named.id, named.note, named.target].filter((id) => typeof id === 'string');
}

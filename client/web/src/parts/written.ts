/** The words in changes of the paper, for who wrote them; loaded only when some come back. */

import { ContentString, decodeUpdate, Item } from 'yjs';

import type { Command } from '../protocol/types.ts';

export function wordsIn(commands: readonly Command[]): string {
  return commands
    .flatMap((command) => (command.do === 'paper.edit' ? [wordsOf(command.data)] : []))
    .join('')
    .trim();
}

function wordsOf(data: string): string {
  const update = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return decodeUpdate(update)
    .structs.map((piece) =>
      piece instanceof Item && piece.content instanceof ContentString ? piece.content.str : '',
    )
    .join('');
}

import type { levers as english } from '../en/levers.ts';

/** A number of notes for each, and what waits for the facilitator or was set aside. */
export const levers: Record<keyof typeof english, string> = {
  'cap.left': 'Queda {n} de {of}|Quedan {n} de {of}',
  'cap.none':
    'Tu {n} nota está escrita. Tírala para escribir otra.|Tus {n} notas están escritas. Tira una para escribir otra.',
  'cap.noIssue':
    'Ya has propuesto tu {n} tema. Puedes cambiarlo.|Ya has propuesto tus {n} temas. Puedes cambiarlos.',
  'cap.short':
    'Puedes añadir {n} más, así que esta lista no cabe entera. Pega menos líneas o haz una sola nota.',
  'cap.notesEach': 'Máximo de notas por persona',
  'cap.issuesEach': 'Máximo de temas por persona',
  'cap.zero': '0: tantas como quieran',
};

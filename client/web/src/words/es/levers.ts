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

  'hold.moderated': 'Los demás lo ven cuando lo dejas pasar',
  'hold.wait': '{n} en espera|{n} en espera',
  'hold.asideCount': '{n} apartada|{n} apartadas',
  'hold.title': 'Antes de que los demás lo vean',
  'hold.letThrough': 'Dejar pasar',
  'hold.allThrough': 'Dejar pasar todo',
  'hold.through': 'Ya pasó.|Han pasado {n}.',
  'hold.aside': 'Apartar',
  'hold.asideTitle': 'Apartado',
  'hold.wasAside': 'Apartado. Solo lo ven quien lo escribió y quienes facilitan.',
  'hold.back': 'Recuperar',
  'hold.isBack': 'Recuperado.',
  'hold.waitsAgain': 'Recuperado. Espera a que lo dejes pasar.',
  'hold.facedown':
    '{n} más está boca abajo. Podrás dejarla pasar cuando se descubra.|{n} más están boca abajo. Podrás dejarlas pasar cuando se descubran.',
  'hold.none': 'No hay nada en espera ni apartado.',
  'hold.markWaits': 'en espera de quien facilita',
  'hold.markAside': 'apartado por quien facilita',
  'hold.noStack': 'Solo se puede agrupar lo que ven todos.',
};

import type { quote as english } from '../en/quotes.ts';

/** Citas de los tableros en el documento, que los siguen. */
export const quote: Record<keyof typeof english, string> = {
  'quote.tool': 'Citar de los tableros',
  'quote.about': 'Dice lo que dice su nota o pila, y sigue cada cambio del tablero.',
  'quote.find': 'Buscar una nota o una pila',
  'quote.put': 'Citarla aquí',
  'quote.putIt': 'Citar «{text}» aquí',
  'quote.of': 'Cita que sigue al tablero: {text}',
  'quote.sign': 'Qué se puede hacer con la cita «{text}»',
  'quote.follows': 'Sigue al tablero',
  'quote.freeze': 'Fijar',
  'quote.freezeAbout': 'Estas palabras quedan como están, y se pueden cambiar aquí',
  'quote.frozen': 'Fijada: estas palabras ya no siguen al tablero.',
  'quote.follow': 'Seguir de nuevo',
  'quote.followIt': 'Que este párrafo siga de nuevo a «{text}»',
  'quote.followAbout': 'El párrafo dice lo que dice su nota o pila, ahora y después',
  'quote.isLive': 'Sigue de nuevo al tablero.',
  'quote.takeOut': 'Quitar',
  'quote.out': 'La cita se quitó.',
  'quote.gone': 'Lo que se cita aquí no está ahora en su tablero.',
  'quote.chosen': 'Cita: {text}. Escriba para cambiar sus palabras; con Tab, qué más se puede hacer.',
  'quote.chosenGone': 'Cita: {text} Con Tab, qué se puede hacer.',
  'quote.also': 'también:',
  'quote.stack': 'Grupo de notas',
};

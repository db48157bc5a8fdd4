import type { stacks as english } from '../en/stacks.ts';

export const stacks: Record<keyof typeof english, string> = {
  'stack.label': 'Pila de {n} nota: {text}|Pila de {n} notas: {text}',
  'stack.fan': 'Desplegar',
  'stack.fold': 'Plegar',
  'stack.name': 'Nombre de la pila',
  'stack.notes': 'Notas de {text}',
  'stack.apart': 'Deshacer la pila',
  'stack.isApart': 'La pila se ha deshecho.',
  'stack.with': 'Agrupar con…',
  'stack.together': 'Agrupar esta {n} nota|Agrupar estas {n} notas',
  'stack.find': 'Buscar una nota o una pila',
  'stack.count': '{n} nota|{n} notas',
  'stack.nothing': 'Aquí no hay nada que encaje.',
  'stack.lifted': 'Pila levantada. Las flechas la mueven, Espacio la deja, Esc la devuelve a su sitio.',
  'stack.stacked': 'Apiladas.',
  'stack.nameIt': 'Ponerle nombre',
  'stack.onto': 'Apilar sobre {text}',
  'stack.out': 'Sacar',
  'stack.isOut': 'Sacada de la pila.',
  'stack.dots': '{own} en la pila, {notes} en sus notas',
  'stack.yours': 'tuyos en sus notas: {n}',

  'select.is': 'Seleccionada',
  'select.select': 'Elegir',
  'select.actions': 'Con las notas seleccionadas',
  'select.count': 'Seleccionadas: {n}',
  'select.bin': 'Papelera',
  'select.binned': '{n} nota en la papelera.|{n} notas en la papelera.',
  'select.aside':
    '{n} nota apartada. Solo la ven su autor y quien facilita.|{n} notas apartadas. Solo las ven sus autores y quien facilita.',
  'select.done': 'Listo',
};

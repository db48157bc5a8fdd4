import type { hook as english } from '../en/hook.ts';

export const hook: Record<keyof typeof english, string> = {
  'hook.title': 'Avisar a otra aplicación',
  'hook.about':
    'Se le avisa cuando el taller pasa a otro paso y cuando se cierra: qué taller, qué paso, cuándo. Sin notas, sin votos, sin el nombre de nadie.',
  'hook.never': 'Este servidor no avisa a ninguna otra aplicación. Quien lo administra puede cambiarlo.',
  'hook.address': 'Su dirección (webhook)',
  'hook.save': 'Guardar',
  'hook.saved': 'Guardado. Envía una prueba para ver si llega.',
  'hook.secret': 'Secreto',
  'hook.secretNote': 'Se pone en la otra aplicación, que así sabe que el mensaje viene de aquí.',
  'hook.copy': 'Copiar el secreto',
  'hook.arrived': 'Llegó a las {time}.',
  'hook.answered': 'No llegó a las {time}: la respuesta fue {status}.',
  'hook.silent': 'No llegó a las {time}: no hubo respuesta a tiempo.',
  'hook.unreachable': 'No llegó a las {time}: allí no se encuentra nada.',
  'hook.not_allowed': 'No se envió a las {time}: este servidor solo envía por https y en la red pública.',
  'hook.waits': '{n} mensaje espera.|{n} mensajes esperan.',
  'hook.next': 'El próximo intento es a las {time}.',
  'hook.none': 'Aún no se envió nada.',
  'hook.test': 'Enviar una prueba',
  'hook.tested': 'La prueba está en camino.',
  'hook.renew': 'Secreto nuevo',
  'hook.renewAsk':
    'Lo que se envíe desde ahora va firmado con el secreto nuevo. La otra aplicación también lo necesita.',
  'hook.renewDo': 'Crear un secreto nuevo',
  'hook.renewed': 'Aquí está el secreto nuevo.',
  'hook.end': 'Dejar de avisar',
  'hook.ended': 'Ya no se avisa a ninguna otra aplicación.',
  'hook.onHint': 'Se le avisa de cada paso',
  'hook.silentHint': 'El último mensaje no llegó',
};

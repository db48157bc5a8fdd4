import type { gone as english } from '../en/gone.ts';

export const gone: Record<keyof typeof english, string> = {
  'keep.title': 'Conservar o borrar',
  'keep.long': 'Cuánto se conserva después del último cambio',
  'keep.ever': 'Para siempre',
  'keep.most': 'Lo que este servidor conserva como máximo',
  'keep.days': '{n} día|{n} días',
  'keep.kept': 'Se guarda para siempre',
  'keep.until': 'Hasta el {date}',
  'keep.limit':
    'Este servidor no conserva ningún taller más de {n} día después de su último cambio.|Este servidor no conserva ningún taller más de {n} días después de su último cambio.',
  'keep.when': 'Se borra el {date}, si no se hace nada más en él.',
  'keep.never': 'Se conserva hasta que alguien lo borre.',
  'keep.close': 'El muro ya solo se puede leer. Todo se conserva hasta el {date}.',
  'gone.delete': 'Borrar para siempre…',
  'gone.deleteText': 'Todo, para todas las personas y ahora mismo. Nadie puede recuperarlo.',
  'gone.ask': '¿Borrar para siempre?',
  'gone.goes': 'Qué desaparece',
  'gone.goes1':
    'Todo lo que la gente escribió, votó y planeó aquí, y sus nombres: del servidor, con cada cambio que llevó hasta ello.',
  'gone.goes2': 'Todos los enlaces y códigos: ya no abren nada. A quien esté dentro se le dice que se borró.',
  'gone.goes3': 'Lo que los dispositivos guardan de él, también lo que aún no se envió.',
  'gone.stays': 'Qué queda',
  'gone.stays1':
    'Los archivos que alguien se llevó, los talleres nuevos hechos a partir de este y las copias de seguridad de quien lleva el servidor.',
  'gone.home': 'Llévatelo antes',
  'gone.type': 'Escribe su título para borrarlo',
  'gone.do': 'Borrar para siempre',
  'gone.doing': 'Borrando…',
  'gone.title': 'Este taller se borró',
  'gone.named': '«{title}» se borró',
  'gone.led': 'Ya no está: ni en el servidor ni en los dispositivos de quienes participaron.',
  'gone.text':
    'Lo borró quien facilitaba, o terminó el tiempo por el que se conservaba. Aquí ya no queda nada de él.',
  'gone.cure': 'Lo que la gente se llevó antes es suyo.',
};

import type { Catalogue } from './language.svelte.ts';

/** Each refusal in Spanish: what it means, and what to do. */
export const refusals: Catalogue['refusals'] = {
  malformed: { meaning: 'El mensaje no tiene una forma conocida.', cure: 'Recarga la página.' },
  unknown_command: {
    meaning: 'Esa acción no existe aquí.',
    cure: 'Recarga para tener la versión más nueva.',
  },
  invalid: { meaning: 'Hay un valor que no se permite.', cure: 'Corrígelo e inténtalo de nuevo.' },
  too_long: {
    meaning: 'El texto es más largo de lo permitido.',
    cure: 'Acórtalo; tu texto está guardado.',
  },
  too_many: { meaning: 'No caben más en un mismo taller.', cure: 'Quita algunos primero.' },
  too_large: { meaning: 'Es demasiado grande para enviarlo de una vez.', cure: 'Envía menos cada vez.' },
  forbidden: { meaning: 'Con tu papel no puedes hacer eso.', cure: 'Pídeselo a quien facilita.' },
  not_found: { meaning: 'Eso no está, o ya no está.', cure: 'Mira otra vez; quizá lo quitaron.' },
  exists: { meaning: 'Ya hay algo con ese identificador.', cure: 'Inténtalo de nuevo.' },
  stale: { meaning: 'Cambió desde que lo miraste.', cure: 'Mira la versión nueva e inténtalo de nuevo.' },
  not_now: {
    meaning: 'En este paso no se puede hacer eso.',
    cure: 'Espera a que llegue el paso, o habla con quien facilita.',
  },
  locked: {
    meaning: 'Quien facilita ha cerrado este tablero.',
    cure: 'Pídele que lo abra.',
  },
  muted: {
    meaning: 'Quien facilita ha puesto en pausa lo que escribes.',
    cure: 'Lo que escribiste está guardado aquí. Habla con quien facilita.',
  },
  closed: {
    meaning: 'El taller está cerrado y solo se puede leer.',
    cure: 'Quien facilita puede volver un paso atrás para abrirlo.',
  },
  over_budget: { meaning: 'No te quedan puntos en esta ronda.', cure: 'Recupera un punto primero.' },
  over_item: {
    meaning: 'Son más puntos de los que una persona puede poner en lo mismo.',
    cure: 'Repártelos.',
  },
  capped: {
    meaning: 'Has escrito todas las que puede escribir cada persona en este paso.',
    cure: 'Cambia una de las tuyas, o tírala a la papelera.',
  },
  not_empty: { meaning: 'Todavía tiene notas de la gente.', cure: 'Mueve o quita las notas primero.' },
  kept_private: {
    meaning: 'Lo que se prometió privado o anónimo sigue siéndolo.',
    cure: 'Empieza un paso nuevo.',
  },
  open_now: {
    meaning: 'Esto se escribió boca abajo; ahora lo leería todo el mundo.',
    cure: 'Envíalo de nuevo si los demás pueden leerlo.',
  },
  file_kind: {
    meaning: 'Este tipo de archivo no se acepta.',
    cure: 'Toma una imagen, un PDF, un documento de oficina actual sin macros o texto.',
  },
  file_size: { meaning: 'El archivo es demasiado grande.', cure: 'Redúcelo, o añade un enlace a él.' },
  file_space: {
    meaning: 'Los archivos de este taller ocupan todo lo que cabe.',
    cure: 'Quita alguno, o añade un enlace.',
  },
  no_files: { meaning: 'Este servidor no guarda archivos.', cure: 'Añade un enlace en su lugar.' },
  gap: { meaning: 'Falta una acción anterior.', cure: 'Se envía de nuevo desde la primera sin respuesta.' },
  rate: { meaning: 'Demasiadas acciones en poco tiempo.', cure: 'Espera un momento y envíalo de nuevo.' },
  busy: { meaning: 'Hay demasiado en espera.', cure: 'Espera un momento y envíalo de nuevo.' },
  store: {
    meaning: 'No se llega al almacén; no se escribió nada.',
    cure: 'Se guarda aquí y se envía de nuevo.',
  },
  bad_token: { meaning: 'Este enlace no vale aquí.', cure: 'Abre tu enlace de nuevo.' },
  bad_code: {
    meaning: 'Ningún taller abierto tiene ese código.',
    cure: 'Comprueba el código en la pantalla grande.',
  },
  password: { meaning: 'Falta la contraseña o no es esa.', cure: 'Pídesela a quien facilita.' },
  waiting: { meaning: 'Quien facilita aún no te ha dejado entrar.', cure: 'Espera un momento.' },
  turned_away: { meaning: 'Quien facilita no te ha dejado entrar.', cure: 'Habla con quien facilita.' },
  full: { meaning: 'En el taller no cabe nadie más.', cure: 'Habla con quien facilita.' },
  origin: { meaning: 'La página viene de otro sitio.', cure: 'Abre Plenary en su propia dirección.' },
  hello_first: { meaning: 'La conexión no empezó como debía.', cure: 'Recarga la página.' },
  hello_late: { meaning: 'La conexión no empezó a tiempo.', cure: 'Se conecta de nuevo.' },
  dead: { meaning: 'No se oyó nada durante demasiado tiempo.', cure: 'Se conecta de nuevo.' },
  slow: {
    meaning: 'Esta conexión no pudo seguir el ritmo.',
    cure: 'Se conecta de nuevo; solo se envía lo que faltó.',
  },
  restart: { meaning: 'El servidor se está reiniciando.', cure: 'Se conecta de nuevo tras la pausa.' },
  version: {
    meaning: 'Esta aplicación es demasiado vieja o demasiado nueva para el servidor.',
    cure: 'Recarga la página; lo que no se envió está guardado.',
  },
  removed: { meaning: 'Quien facilita te ha quitado del taller.', cure: 'Habla con quien facilita.' },
  deleted: { meaning: 'Este taller se borró.', cure: 'Aquí ya no queda nada de él.' },
  internal: {
    meaning: 'Algo falló en el servidor; el taller está a salvo.',
    cure: 'Se conecta de nuevo.',
  },
};

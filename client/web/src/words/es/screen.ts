import type { screen as english } from '../en/screen.ts';

export const screen: Record<keyof typeof english, string> = {
  'screen.scan': 'Escanea, o ve a',
  'screen.here': '{n} aquí',
  'screen.keys': '→ ← el tablero siguiente, el anterior · R por turnos · B en negro · F pantalla completa',
  'screen.lost': 'Conectando de nuevo. Esta es la última imagen.',
  'screen.facedown': '{n} boca abajo',
  'screen.waiting': 'Resultados cuando los muestre quien facilita',
  'here.invite': 'Deja entrar a alguien',
  'screen.thanks': 'Gracias',

  'closing.people': 'persona|personas',
  'closing.issues': 'tema|temas',
  'closing.notes': 'nota|notas',
  'closing.dots': 'punto|puntos',
  'closing.paper': 'El documento es para llevar:',

  'plenary.nothing': 'Aún no hay nada en el muro.',
  'plenary.spot': 'En el foco',
  'plenary.more': '+{n} más',
  'gather.bring': 'Traer a todos aquí',
  'gather.letGo': 'Dejar ir a todos',
  'gather.brought': 'Todos ven lo que está destacado.',
  'gather.here': '{name} ha traído a todos aquí.',
  'gather.there': '{name} ha reunido a todos.',
  'gather.back': 'Volver a mi pantalla',
  'gather.go': 'Ir allí',
};

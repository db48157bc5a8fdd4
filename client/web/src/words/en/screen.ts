/** The big screen. */
export const screen = {
  'screen.scan': 'Scan, or go to',
  'screen.here': '{n} here',
  'screen.keys': '→ ← the next board, the one before · R in turn · B black · F full screen',
  'screen.lost': 'Reconnecting. The picture is the last one.',
  'screen.facedown': '{n} face down',
  'screen.waiting': 'Results when the facilitator shows them',
  'here.invite': 'Let somebody in',
  'screen.thanks': 'Thank you',

  'closing.people': 'person|people',
  'closing.issues': 'issue|issues',
  'closing.notes': 'note|notes',
  'closing.dots': 'dot|dots',
  'closing.paper': 'The paper is yours to take home:',

  'plenary.nothing': 'Nothing is on the wall yet.',
  'plenary.spot': 'In the spotlight',
  'plenary.more': '+{n} more',
  'gather.bring': 'Bring everyone here',
  'gather.letGo': 'Let everyone go',
  'gather.brought': 'Everyone sees what is in the spotlight.',
  'gather.here': '{name} brought everyone here.',
  'gather.there': '{name} brought everyone together.',
  'gather.back': 'Back to my screen',
  'gather.go': 'Go there',
} as const;

/** A number of notes for each, and what waits for the facilitator or was set aside. */
export const levers = {
  'cap.left': '{n} of {of} left|{n} of {of} left',
  'cap.none':
    'Your {n} note is written. Bin it to write another.|Your {n} notes are written. Bin one to write another.',
  'cap.noIssue':
    'Your {n} issue is proposed. You can change it.|Your {n} issues are proposed. You can change them.',
  'cap.short':
    'You can add {n} more, so this list does not go in whole. Paste fewer lines, or make it one note.',
  'cap.notesEach': 'Most notes per person',
  'cap.issuesEach': 'Most issues per person',
  'cap.zero': '0: as many as they like',

  'hold.moderated': 'Others see it once you let it through',
  'hold.wait': '{n} waits|{n} wait',
  'hold.asideCount': '{n} set aside|{n} set aside',
  'hold.title': 'Before others see it',
  'hold.letThrough': 'Let through',
  'hold.allThrough': 'Let all through',
  'hold.through': 'Let through.|{n} let through.',
  'hold.aside': 'Set aside',
  'hold.asideTitle': 'Set aside',
  'hold.wasAside': 'Set aside. Only its author and facilitators see it.',
  'hold.back': 'Bring back',
  'hold.isBack': 'Brought back.',
  'hold.waitsAgain': 'Brought back. It waits to be let through.',
  'hold.facedown':
    '{n} more lies face down. You can let it through after the reveal.|{n} more lie face down. You can let them through after the reveal.',
  'hold.none': 'Nothing waits, and nothing is set aside.',
  'hold.markWaits': 'waiting for the facilitator',
  'hold.markAside': 'set aside by the facilitator',
  'hold.noStack': 'Only what everybody sees can be stacked.',
} as const;

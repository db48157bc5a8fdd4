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
} as const;

/** How long a workshop is kept, and deleting it for ever. */
export const gone = {
  'keep.title': 'Keep or delete',
  'keep.long': 'How long it is kept after the last change',
  'keep.ever': 'For ever',
  'keep.most': 'As long as this server keeps any',
  'keep.days': '{n} day|{n} days',
  'keep.kept': 'Kept for ever',
  'keep.until': 'Until {date}',
  'keep.limit':
    'This server keeps no workshop longer than {n} day after its last change.|This server keeps no workshop longer than {n} days after its last change.',
  'keep.when': 'It is deleted on {date}, if nothing more is done in it.',
  'keep.never': 'It is kept until somebody deletes it.',
  'keep.close': 'The wall is now read-only. Everything is kept until {date}.',
  'gone.delete': 'Delete for ever…',
  'gone.deleteText': 'All of it, for everybody, at once. Nobody can bring it back.',
  'gone.ask': 'Delete for ever?',
  'gone.goes': 'What goes',
  'gone.goes1':
    'All that people wrote, voted and planned here, and their names: from the server, with every change that led to it.',
  'gone.goes2': 'All links and codes: they open nothing any more. Whoever is in is told that it was deleted.',
  'gone.goes3': 'What people’s devices keep of it, also what was not sent yet.',
  'gone.stays': 'What stays',
  'gone.stays1':
    'Files that somebody took home, new workshops that were made from this one, and backups of whoever runs the server.',
  'gone.home': 'Take it home first',
  'gone.type': 'Type its title to delete it',
  'gone.do': 'Delete for ever',
  'gone.doing': 'Deleting…',
  'gone.title': 'This workshop was deleted',
  'gone.named': '“{title}” was deleted',
  'gone.led': 'It is gone for ever: from the server, and from the devices of everybody who was in it.',
  'gone.text':
    'Its facilitator deleted it, or the time it was to be kept is over. Nothing of it is left here.',
  'gone.cure': 'What people took home before is theirs.',
} as const;

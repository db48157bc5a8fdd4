"""Every limit, with its unit. All input is measured against these at the edge ([LIMIT1])."""

from typing import Final

FRAME_BYTES: Final = 65_536
"""Longest message a client may send, in bytes of UTF-8; a longer one closes the connection ([LIMIT2])."""
NOTE_CHARS: Final = 2_000
"""Longest note, in code points."""
TITLE_CHARS: Final = 200
"""Longest title of a workshop, issue, board, section or step, in code points."""
DETAIL_CHARS: Final = 2_000
"""Longest instruction or explanation, in code points."""
NAME_CHARS: Final = 60
"""Longest name of a person, in code points."""
ID_CHARS: Final = 64
"""Longest id, in ASCII characters."""
PEOPLE: Final = 5_000
"""Most people in one workshop."""
GUESTS: Final = 500
"""Most people who wait at the door of one workshop, or were turned away from it."""
PASSWORD_CHARS: Final = 100
"""Longest password of a door, in code points."""
SEATS: Final = 30
"""Most seats on one device."""
ISSUES: Final = 200
"""Most issues proposed in one workshop."""
NOTES: Final = 20_000
"""Most notes in one workshop, the bin included."""
NOTES_EACH: Final = 99
"""Largest number that a step may allow each person of notes, or of issues ([CAP1])."""
STACKS: Final = 4_000
"""Most stacks in one workshop."""
STACKED: Final = 200
"""Most notes in one stack, and most commands that `note.many` holds."""
COMMENT_CHARS: Final = 500
"""Longest comment, in code points."""
NOTICE_CHARS: Final = 280
"""Longest message of a facilitator to the room, in code points."""
NOTICES: Final = 500
"""Most such messages in one workshop."""
MEMO_CHARS: Final = 2_000
"""Longest note that a facilitator keeps to themself for a step, in code points."""
MEMOS: Final = 1_000
"""Most such notes in one workshop."""
COMMENTS: Final = 20_000
"""Most comments in one workshop."""
REACTIONS: Final = 100_000
"""Most reactions in one workshop."""
ACTIVITIES: Final = 300
"""Most activities in one plan."""
AFTER: Final = 8
"""For how many others an activity may wait ([PLAN6])."""
PLAN_MONTHS: Final = 36
"""Length of the plan, in months from the one in which the workshop was made."""
LINE_CHARS: Final = 200
"""Longest owner or first step of an activity, in code points."""
UPDATE_CHARS: Final = 54_000
"""Longest change of the paper, in characters of base 64 (about 40 KiB)."""
PAPER_BYTES: Final = 1_048_576
"""Longest paper, as a Yjs document, in bytes."""
UPDATES: Final = 1_000
"""Most changes of the paper that its base has not taken in."""
HELD: Final = 200
"""Most changes of the paper that wait for what they build on ([PAPER5])."""
PAPER_WORDS: Final = 800
"""How many words a paper should have, where nobody says otherwise."""
CONTRIBUTIONS: Final = 1_000
"""Most links and files in one workshop."""
ADDRESS_CHARS: Final = 2_000
"""Longest address of a link, in ASCII characters."""
FILE_BYTES: Final = 52_428_800
"""Longest file, in bytes."""
FILES_BYTES: Final = 1_073_741_824
"""Longest that all files of a workshop may be together, those on their way included, in bytes."""
UPLOADS: Final = 200
"""Most files on their way into one workshop."""
CHUNK_BYTES: Final = 524_288
"""Longest piece of a file that is sent at once, in bytes ([FILE2])."""
SMALL_BYTES: Final = 65_536
"""Longest small picture of a picture, in bytes."""
SMALL_PIXELS: Final = 640
"""Its longest side."""
SECTIONS: Final = 12
"""Most sections of an agenda."""
LENSES: Final = 20
"""Most lenses of an agenda, and of one note."""
HOOK_CHARS: Final = 500
HOOK_WAITING: Final = 100
"""What may wait to be told to another program; of more the oldest goes."""
AGENDA_BYTES: Final = 1_048_576
"""Longest agenda, as a file or a request, in bytes of UTF-8 ([TMPL4])."""
ARCHIVE_BYTES: Final = 134_217_728
"""Longest archive that is imported, in bytes of UTF-8 ([ARCH5])."""
IMPORT_BYTES: Final = 8_388_608
"""Longest file that notes are brought in from, in bytes ([IMP4])."""
IMPORT_UNPACKED: Final = 67_108_864
"""Most that such a file may unpack to, in bytes."""
IMPORT_CHARS: Final = 8_388_608
"""Most text that such a file may come to, in code points."""
IMPORT_ROWS: Final = 10_000
"""Most rows that such a file may come to, in all its tables."""
IMPORT_COLUMNS: Final = 200
"""Most columns of each of its tables."""
SENT_ARCHIVE_BYTES: Final = 16_777_216
"""Longest archive that is taken over HTTP, in bytes of UTF-8 ([ARCH7])."""
SENT_BUNDLE_BYTES: Final = 268_435_456
"""Longest archive with its files (ZIP) that is taken over HTTP, in bytes ([ARCH7])."""
BOARDS: Final = 12
"""Most boards in one workshop."""
STEPS: Final = 60
"""Most steps in one agenda."""
SIBLINGS: Final = 8
"""Most versions of a note that are kept side by side."""
DOTS: Final = 99
"""Largest budget of dots per person in one round."""
STEP_MINUTES: Final = 480
"""Longest step, in minutes."""
COMMANDS_PER_SECOND: Final = 20
"""Commands one person may send per second, sustained ([LIMIT4])."""
COMMANDS_BURST: Final = 60
"""Commands one person may send at once before the rate counts."""
JOIN_FAILURES_PER_MINUTE: Final = 20
"""Wrong codes or keys from one address per minute before it must wait. Failures count, joins do not ([JOIN5])."""
CONNECTIONS_PER_PERSON: Final = 8
"""Most devices one person may have connected at once."""
BUFFER_BYTES: Final = 1_048_576
"""Most bytes that wait for one slow reader; past it the reader is skipped ([FAN4])."""
STALL_MS: Final = 15_000
"""A slow reader without progress for this long is closed, in milliseconds ([FAN4])."""
BEAT_MS: Final = 4_000
"""How often each side shows that it is alive, in milliseconds ([LIVE1])."""
DEAD_MS: Final = 10_000
"""A line silent for this long is dead, in milliseconds ([LIVE1])."""
HELLO_MS: Final = 5_000
"""How long a new connection may take to say `hello`, in milliseconds ([HELLO2])."""
PRESENCE_MS: Final = 15_000
"""Presence that is not renewed for this long fades, in milliseconds ([HERE2])."""
CROWD: Final = 250
"""Where more people than this are here, participants are told how many, not who ([HERE5])."""
WINDOW: Final = 20
"""Most commands that a client keeps unanswered at once ([ONCE6])."""

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
ISSUES: Final = 200
"""Most issues proposed in one workshop."""
NOTES: Final = 20_000
"""Most notes in one workshop, the bin included."""
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
WINDOW: Final = 20
"""Most commands that a client keeps unanswered at once ([ONCE6])."""

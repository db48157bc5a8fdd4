// Generated from protocol/*.py by `python -m protocol.generate`; do not edit.

import type { Code } from './types';

export const CODES: Record<Code, { meaning: string; cure: string; retry: 'never' | 'now' | 'later'; close: number | null }> = {
  "malformed": {
    "meaning": "The message is not JSON of a known shape.",
    "cure": "Check it against the schema.",
    "retry": "never",
    "close": null
  },
  "unknown_command": {
    "meaning": "There is no command of that name.",
    "cure": "Reload to get the newest app.",
    "retry": "never",
    "close": null
  },
  "invalid": {
    "meaning": "A field has a value that is not allowed.",
    "cure": "Correct the field that is named.",
    "retry": "never",
    "close": null
  },
  "too_long": {
    "meaning": "The text is longer than allowed.",
    "cure": "Shorten it; your text is kept.",
    "retry": "never",
    "close": null
  },
  "too_many": {
    "meaning": "There are as many of these as one workshop can hold.",
    "cure": "Remove some first.",
    "retry": "never",
    "close": null
  },
  "too_large": {
    "meaning": "The message is larger than a frame may be.",
    "cure": "Send less at once.",
    "retry": "never",
    "close": 4509
  },
  "forbidden": {
    "meaning": "Your role may not do that.",
    "cure": "Ask the facilitator.",
    "retry": "never",
    "close": null
  },
  "not_found": {
    "meaning": "What you mean is not there (any more).",
    "cure": "Look again; it may have been removed.",
    "retry": "never",
    "close": null
  },
  "exists": {
    "meaning": "Something with that id is already there.",
    "cure": "Use a new id.",
    "retry": "never",
    "close": null
  },
  "stale": {
    "meaning": "It changed since you looked.",
    "cure": "Look at the newer version and try again.",
    "retry": "never",
    "close": null
  },
  "not_now": {
    "meaning": "The current step does not allow that.",
    "cure": "Wait for the step, or ask the facilitator.",
    "retry": "never",
    "close": null
  },
  "locked": {
    "meaning": "The facilitator has locked this board.",
    "cure": "Ask the facilitator to unlock it.",
    "retry": "never",
    "close": null
  },
  "muted": {
    "meaning": "The facilitator has paused your writing.",
    "cure": "What you wrote is kept here. Speak to the facilitator.",
    "retry": "never",
    "close": null
  },
  "closed": {
    "meaning": "The workshop is closed and read-only.",
    "cure": "The facilitator can go back a step to reopen it.",
    "retry": "never",
    "close": null
  },
  "over_budget": {
    "meaning": "You have no dots left in this round.",
    "cure": "Take a dot back first.",
    "retry": "never",
    "close": null
  },
  "over_item": {
    "meaning": "That is more dots than one item may get from one person.",
    "cure": "Spread them.",
    "retry": "never",
    "close": null
  },
  "capped": {
    "meaning": "You have written as many as each person may in this step.",
    "cure": "Change one of yours, or bin one.",
    "retry": "never",
    "close": null
  },
  "not_empty": {
    "meaning": "It still holds people's notes.",
    "cure": "Move or remove the notes first.",
    "retry": "never",
    "close": null
  },
  "kept_private": {
    "meaning": "What was promised private or anonymous stays so.",
    "cure": "Begin a new step instead.",
    "retry": "never",
    "close": null
  },
  "open_now": {
    "meaning": "This was written face down; by now everybody would read it.",
    "cure": "Send it again if others may read it.",
    "retry": "never",
    "close": null
  },
  "file_kind": {
    "meaning": "Files of this kind are not taken.",
    "cure": "Take a picture, a PDF, a document of today's office programs without macros, or plain text.",
    "retry": "never",
    "close": null
  },
  "file_size": {
    "meaning": "The file is larger than allowed.",
    "cure": "Make it smaller, or add a link to it.",
    "retry": "never",
    "close": null
  },
  "file_space": {
    "meaning": "The files of this workshop come to as much as one may hold.",
    "cure": "Remove some, or add a link.",
    "retry": "never",
    "close": null
  },
  "no_files": {
    "meaning": "This server keeps no files.",
    "cure": "Add a link instead.",
    "retry": "never",
    "close": null
  },
  "gap": {
    "meaning": "An earlier command is missing.",
    "cure": "Send again from the first unanswered one.",
    "retry": "now",
    "close": null
  },
  "rate": {
    "meaning": "Too many commands in a short time.",
    "cure": "Wait a moment and send it again.",
    "retry": "later",
    "close": null
  },
  "busy": {
    "meaning": "Too much is waiting.",
    "cure": "Wait a moment and send it again.",
    "retry": "later",
    "close": null
  },
  "store": {
    "meaning": "The store cannot be reached; nothing was written.",
    "cure": "It is kept here and sent again.",
    "retry": "later",
    "close": 4003
  },
  "bad_token": {
    "meaning": "The token or link is not valid here.",
    "cure": "Open your link again.",
    "retry": "never",
    "close": 4501
  },
  "bad_code": {
    "meaning": "No open workshop has that code.",
    "cure": "Check the code on the projector.",
    "retry": "never",
    "close": null
  },
  "password": {
    "meaning": "The password is missing or wrong.",
    "cure": "Ask the facilitator for the password.",
    "retry": "never",
    "close": null
  },
  "waiting": {
    "meaning": "The facilitator has not let you in yet.",
    "cure": "Wait a moment.",
    "retry": "later",
    "close": 4006
  },
  "turned_away": {
    "meaning": "The facilitator did not let you in.",
    "cure": "Speak to the facilitator.",
    "retry": "never",
    "close": 4506
  },
  "full": {
    "meaning": "The workshop has no room for more.",
    "cure": "Ask the facilitator.",
    "retry": "never",
    "close": 4502
  },
  "origin": {
    "meaning": "The page comes from another site.",
    "cure": "Open Plenary at its own address.",
    "retry": "never",
    "close": null
  },
  "hello_first": {
    "meaning": "The first message must be `hello`.",
    "cure": "Say hello first.",
    "retry": "never",
    "close": 4503
  },
  "hello_late": {
    "meaning": "No `hello` came in time.",
    "cure": "Connect again.",
    "retry": "later",
    "close": 4004
  },
  "dead": {
    "meaning": "Nothing was heard for too long.",
    "cure": "Connect again.",
    "retry": "now",
    "close": 4001
  },
  "slow": {
    "meaning": "This line could not keep up.",
    "cure": "Connect again; only what was missed is sent.",
    "retry": "later",
    "close": 4002
  },
  "restart": {
    "meaning": "The server is restarting.",
    "cure": "Connect again after the pause.",
    "retry": "later",
    "close": 4000
  },
  "version": {
    "meaning": "This app is too old or too new for the server.",
    "cure": "Reload the page; unsent work is kept.",
    "retry": "never",
    "close": 4504
  },
  "removed": {
    "meaning": "The facilitator has removed you.",
    "cure": "Speak to the facilitator.",
    "retry": "never",
    "close": 4505
  },
  "deleted": {
    "meaning": "This workshop was deleted.",
    "cure": "Nothing of it is kept here any more.",
    "retry": "never",
    "close": 4507
  },
  "internal": {
    "meaning": "Something broke on the server; the workshop is safe.",
    "cure": "Connect again.",
    "retry": "later",
    "close": 4005
  }
};

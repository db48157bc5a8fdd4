// Generated from protocol/*.py by `python -m protocol.generate`; do not edit.

export const FRAME_BYTES = 65536;
export const NOTE_CHARS = 2000;
export const TITLE_CHARS = 200;
export const DETAIL_CHARS = 2000;
export const NAME_CHARS = 60;
export const ID_CHARS = 64;
export const PEOPLE = 5000;
export const ISSUES = 200;
export const NOTES = 20000;
export const BOARDS = 12;
export const STEPS = 60;
export const SIBLINGS = 8;
export const DOTS = 99;
export const STEP_MINUTES = 480;
export const COMMANDS_PER_SECOND = 20;
export const COMMANDS_BURST = 60;
export const JOIN_FAILURES_PER_MINUTE = 20;
export const CONNECTIONS_PER_PERSON = 8;
export const BUFFER_BYTES = 1048576;
export const STALL_MS = 15000;
export const BEAT_MS = 4000;
export const DEAD_MS = 10000;
export const HELLO_MS = 5000;
export const PRESENCE_MS = 15000;
export const WINDOW = 20;

// Generated from protocol/*.py by `python -m protocol.generate`; do not edit.

/** One person's dots on one item in one round (= step). Sent to that person alone. Id: `round.person.target`. */
export interface Ballot {
  kind: "ballot";
  id: string;
  round: string;
  person: string;
  target: string;
  dots: number;
}

/** The server is alive; `t` as you sent it, `now` by the server's clock. */
export interface BeatDown {
  type: "beat";
  t: number;
  now: number;
}

/** I am alive. `t` comes back, for the round trip and the clock's offset. */
export interface BeatUp {
  type: "beat";
  t: number;
}

/** The shared sheet of one chosen issue; has the issue's id. */
export interface Board {
  kind: "board";
  id: string;
  rank: string;
  title: string;
  locked: boolean;
}

/** Facilitator: lock or unlock a board. */
export interface BoardLock {
  do: "board.lock";
  board: string;
  locked: boolean;
}

/** The server is about to close this connection, and why. `retry_after` (ms): when to come back; None: do not. */
export interface Bye {
  type: "bye";
  code: Code;
  message: string;
  retry_after: number | null;
}

/** What changed in what you may see; with it you are at `seq`. */
export interface Changes {
  type: "changes";
  seq: number;
  tag: string;
  changes: (Put | Patch | Drop)[];
}

/** Why a command, message or request was refused. */
export type Code = "malformed" | "unknown_command" | "invalid" | "too_long" | "too_many" | "too_large" | "forbidden" | "not_found" | "exists" | "stale" | "not_now" | "locked" | "closed" | "over_budget" | "over_item" | "not_empty" | "kept_private" | "gap" | "rate" | "busy" | "store" | "bad_token" | "bad_code" | "full" | "origin" | "hello_first" | "hello_late" | "dead" | "slow" | "restart" | "version" | "removed" | "internal";

/** `POST /api/workshops`. */
export interface Create {
  title: string;
  template?: string;
}

/** Answer to `Create`, and to `GET /api/workshops/{id}/links` for facilitators. */
export interface Created {
  id: string;
  code: string;
  links: Links;
}

/** A command. `n` grows by each; `prev` is the last `n` that was not refused, 0 at first ([ONCE1]). */
export interface Do {
  type: "do";
  n: number;
  prev: number;
  command: PersonJoin | PersonRename | PersonMove | PeopleBalance | StepGo | StepExtend | StepAdd | StepEdit | StepDrop | StepReveal | StepShow | WorkshopEdit | WorkshopSpotlight | IssueAdd | IssueEdit | IssueDrop | IssueMerge | IssueChoose | BoardLock | NoteAdd | NoteEdit | NoteSettle | NoteMove | NoteTag | NoteBin | NoteRestore | VoteCast;
}

/** Command `n` is in the log, at `seq` or before. */
export interface Done {
  type: "done";
  n: number;
  seq: number;
}

/** The record is gone; the record need not be there. */
export interface Drop {
  op: "drop";
  kind: "workshop" | "step" | "section" | "lens" | "person" | "issue" | "board" | "note" | "ballot" | "tally";
  id: string;
}

/** First message up. `client` is this tab's or device's own id; `after` where it left off. */
export interface Hello {
  type: "hello";
  token: string;
  client: string;
  after?: Position | null;
}

/** Who came or changed, and who went. `all`: this is the whole roster. */
export interface HereDown {
  type: "here";
  all: boolean;
  people: Present[];
  gone: string[];
}

/** What I am doing now: the board I look at, the note I edit, whether I type. */
export interface HereUp {
  type: "here";
  board?: string | null;
  note?: string | null;
  typing?: boolean;
}

/** A tough issue. `merged` names the issue that took it in; `by` None: suggested in advance. */
export interface Issue {
  kind: "issue";
  id: string;
  rank: string;
  title: string;
  detail: string;
  by: string | null;
  at: number;
  rev: number;
  merged: string | null;
}

/** Propose a tough issue. */
export interface IssueAdd {
  do: "issue.add";
  id: string;
  rank: string;
  title: string;
  detail?: string;
}

/** Facilitator: these issues become boards; boards of others go, unless they hold notes ([ISSUE6]). */
export interface IssueChoose {
  do: "issue.choose";
  ids: string[];
}

/** Withdraw my issue (facilitator: any). Not one that has a board. */
export interface IssueDrop {
  do: "issue.drop";
  id: string;
}

/** Change my issue (facilitator: any). `rev` is the version I began with ([ISSUE3]). */
export interface IssueEdit {
  do: "issue.edit";
  id: string;
  rev: number;
  title: string;
  detail?: string;
}

/** Facilitator: `id` says the same as `into`; its dots move over. */
export interface IssueMerge {
  do: "issue.merge";
  id: string;
  into: string;
}

/** `POST /api/join`. A code (participants) or the key of a link; `token` to come back as the same person. */
export interface Join {
  code?: string | null;
  key?: string | null;
  name?: string | null;
  place?: Place;
}

/** Answer to `Join`. `person` is None for the projector. */
export interface Joined {
  token: string;
  workshop: string;
  person: string | null;
  role: Role;
}

/** A tag that notes may carry, from the working definition. */
export interface Lens {
  kind: "lens";
  id: string;
  rank: string;
  title: string;
}

/** Full addresses; each carries its role. */
export interface Links {
  facilitator: string;
  participant: string;
  projector: string;
}

/** A sticky note. While it is sealed, others get it face down: `sealed` true, no text, no author, no tags. */
export interface Note {
  kind: "note";
  id: string;
  board: string;
  section: string;
  rank: string;
  text: string | "";
  by: string | null;
  at: number;
  rev: number;
  lenses: string[];
  siblings: string[];
  step: string;
  anonymous: boolean;
  sealed: boolean;
  late: boolean;
  binned: boolean;
}

/** Write a note. */
export interface NoteAdd {
  do: "note.add";
  id: string;
  board: string;
  section: string;
  rank: string;
  text: string;
}

/** Put a note into the bin. */
export interface NoteBin {
  do: "note.bin";
  id: string;
}

/** Change a note's text. `rev` and `base`: the version I began with, for the merge ([NOTE4]). */
export interface NoteEdit {
  do: "note.edit";
  id: string;
  rev: number;
  base: string;
  text: string;
}

/** Put a note elsewhere. */
export interface NoteMove {
  do: "note.move";
  id: string;
  board: string;
  section: string;
  rank: string;
}

/** Take a note out of the bin. */
export interface NoteRestore {
  do: "note.restore";
  id: string;
}

/** Of a note with siblings: `text` stands, the siblings go. `rev` is the version seen. */
export interface NoteSettle {
  do: "note.settle";
  id: string;
  rev: number;
  text: string;
}

/** Give a note exactly these lenses. */
export interface NoteTag {
  do: "note.tag";
  id: string;
  lenses: string[];
}

/** The named fields take the given values; the record must be there. */
export interface Patch {
  op: "patch";
  kind: "workshop" | "step" | "section" | "lens" | "person" | "issue" | "board" | "note" | "ballot" | "tally";
  id: string;
  set: { [field: string]: unknown };
}

/** Facilitator: place everybody who has no board, so that the boards' sizes are as equal as can be. */
export interface PeopleBalance {
  do: "people.balance";
}

/** Somebody who joined. The number of `hue` is stable, 0-11, and picks the colour of the avatar. */
export interface Person {
  kind: "person";
  id: string;
  name: string;
  role: Role;
  place: Place;
  board: string | null;
  hue: number;
  joined: number;
}

/** System only: somebody came in by link or code ([JOIN1]). */
export interface PersonJoin {
  do: "person.join";
  id: string;
  name: string;
  role: Role;
  place: Place;
}

/** Go to a board (None: to no board). Others may be moved by the facilitator. */
export interface PersonMove {
  do: "person.move";
  person: string;
  board: string | null;
}

/** Call myself something else, or say where I am. */
export interface PersonRename {
  do: "person.rename";
  name: string;
  place: Place;
}

/** Where a person takes part from. */
export type Place = "room" | "remote";

/** How far a client has seen: `seq`, and the `tag` the server gave with it, which no other log has ([RESUME3]). */
export interface Position {
  seq: number;
  tag: string;
}

/** One person who is connected. `note` is left out where it would betray an author. */
export interface Present {
  person: string;
  board: string | null;
  note: string | null;
  typing: boolean;
  devices: number;
}

/** An error over HTTP (`application/problem+json`, RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: Code;
}

/** The record stands as given, whether or not it was there. */
export interface Put {
  op: "put";
  record: Workshop | Step | Section | Lens | Person | Issue | Board | Note | Ballot | Tally;
}

/** Command `n`, sent with `prev`, was not done; or, `n` 0, a message could not be understood. */
export interface Refused {
  type: "refused";
  n: number;
  prev: number;
  code: Code;
  message: string;
  retry_after: number | null;
}

/** You left off at a place this log has: what you missed follows as `changes`. */
export interface Resume {
  type: "resume";
  you: You;
  seq: number;
  tag: string;
  now: number;
  last: number;
}

/** What a link lets its holder do. `system` is the server itself and never comes from a link. */
export type Role = "facilitator" | "participant" | "projector" | "system";

/** Everything up to `seq` survives a power cut. */
export interface Saved {
  type: "saved";
  seq: number;
}

/** A column that every board has. */
export interface Section {
  kind: "section";
  id: string;
  rank: string;
  title: string;
  hint: string;
  colour: string;
  icon: string;
}

/** One item of the agenda. Which settings count depends on `step`; `revealed` and `shown` only go one way. */
export interface Step {
  kind: "step";
  id: string;
  rank: string;
  step: StepKind;
  title: string;
  minutes: number;
  instruction: string;
  dots: number;
  most: number;
  blind: boolean;
  shown: boolean;
  private: boolean;
  revealed: boolean;
  anonymous: boolean;
}

/** Facilitator: a new step in the agenda. */
export interface StepAdd {
  do: "step.add";
  id: string;
  rank: string;
  step: StepKind;
  title: string;
  minutes: number;
  instruction?: string;
}

/** Facilitator: take a step out of the agenda; not the current one, nor one that holds notes or dots. */
export interface StepDrop {
  do: "step.drop";
  step: string;
}

/** Facilitator: change a step; fields left out stay as they are. */
export interface StepEdit {
  do: "step.edit";
  step: string;
  title?: string | null;
  minutes?: number | null;
  instruction?: string | null;
  rank?: string | null;
  dots?: number | null;
  most?: number | null;
  blind?: boolean | null;
  private?: boolean | null;
  anonymous?: boolean | null;
}

/** Facilitator: give the current step more minutes (or fewer, when negative). */
export interface StepExtend {
  do: "step.extend";
  minutes: number;
}

/** Facilitator: make `step` the current one; `current` is the step the facilitator saw ([STEP2]). */
export interface StepGo {
  do: "step.go";
  step: string;
  current: string;
}

/** What a step is for (design §3). */
export type StepKind = "welcome" | "propose" | "choose" | "breakout" | "write" | "vote" | "plenary" | "break" | "talk" | "close";

/** Facilitator: turn over the sealed notes of a private writing step. Cannot be undone. */
export interface StepReveal {
  do: "step.reveal";
  step: string;
}

/** Facilitator: show the results of a round of dots. Cannot be undone. */
export interface StepShow {
  do: "step.show";
  step: string;
}

/** The sum of the ballots on one item in one round. Id: `round.target`. */
export interface Tally {
  kind: "tally";
  id: string;
  round: string;
  target: string;
  dots: number;
  people: number;
}

/** I want exactly `dots` of my dots on `target` in this round; 0 takes them back ([VOTE1]). */
export interface VoteCast {
  do: "vote.cast";
  round: string;
  target: string;
  dots: number;
}

/** Send me the notes and tallies of these boards only; None: of all. */
export interface Watch {
  type: "watch";
  boards: string[] | null;
}

/** Everything you may see at `seq`. `last`: the last `n` of this client that the log holds. */
export interface Welcome {
  type: "welcome";
  you: You;
  seq: number;
  tag: string;
  now: number;
  last: number;
  records: (Workshop | Step | Section | Lens | Person | Issue | Board | Note | Ballot | Tally)[];
}

/** The session itself; its id is always `workshop`. `step` is the current step. */
export interface Workshop {
  kind: "workshop";
  id: string;
  code: string;
  title: string;
  purpose: string;
  step: string;
  step_started: number;
  extended: number;
  spotlight: string | null;
  created: number;
}

/** Facilitator: title and purpose. */
export interface WorkshopEdit {
  do: "workshop.edit";
  title: string;
  purpose: string;
}

/** Facilitator: put a board or a note in front of everybody, or nothing. */
export interface WorkshopSpotlight {
  do: "workshop.spotlight";
  target: string | null;
}

/** Who the token says you are. */
export interface You {
  workshop: string;
  person: string | null;
  role: Role;
}

export type Record =
  | Workshop
  | Step
  | Section
  | Lens
  | Person
  | Issue
  | Board
  | Note
  | Ballot
  | Tally;

export type Change =
  | Put
  | Patch
  | Drop;

export type Command =
  | PersonJoin
  | PersonRename
  | PersonMove
  | PeopleBalance
  | StepGo
  | StepExtend
  | StepAdd
  | StepEdit
  | StepDrop
  | StepReveal
  | StepShow
  | WorkshopEdit
  | WorkshopSpotlight
  | IssueAdd
  | IssueEdit
  | IssueDrop
  | IssueMerge
  | IssueChoose
  | BoardLock
  | NoteAdd
  | NoteEdit
  | NoteSettle
  | NoteMove
  | NoteTag
  | NoteBin
  | NoteRestore
  | VoteCast;

export type Up =
  | Hello
  | Do
  | HereUp
  | Watch
  | BeatUp;

export type Down =
  | Welcome
  | Resume
  | Changes
  | Done
  | Refused
  | Saved
  | HereDown
  | BeatDown
  | Bye;

// Generated from protocol/*.py by `python -m protocol.generate`; do not edit.

/** Something to be done in the months to come. `issue` and `source` (a note or a stack) may be gone by now. */
export interface Activity {
  kind: "activity";
  id: string;
  rank: string;
  title: string;
  owner: string;
  first: string;
  start: number;
  length: number;
  status: Status;
  issue: string | null;
  source: string | null;
  by: string | null;
  at: number;
  rev: number;
  lens: string | null;
  after: string[];
}

/** Something to be done. `issue` and `source`: what it is for, and the note or stack it comes from ([PLAN3]). */
export interface ActivityAdd {
  do: "activity.add";
  id: string;
  rank: string;
  title: string;
  owner?: string;
  first?: string;
  start: number;
  length: number;
  issue?: string | null;
  source?: string | null;
}

/** Take it out of the plan. */
export interface ActivityDrop {
  do: "activity.drop";
  id: string;
}

/** Change its words; those left out stay as they are. `rev` is the version I began with ([PLAN2]). */
export interface ActivityEdit {
  do: "activity.edit";
  id: string;
  rev: number;
  title?: string | null;
  owner?: string | null;
  first?: string | null;
}

/** Move or stretch it in time, say how it stands or what it is for; fields left out stay as they are. Of `issue` and `lens` the empty text means: none. `after`: all that it waits for ([PLAN6]). */
export interface ActivitySet {
  do: "activity.set";
  id: string;
  start?: number | null;
  length?: number | null;
  status?: Status | null;
  issue?: string | "" | null;
  rank?: string | null;
  lens?: string | "" | null;
  after?: string[] | null;
}

/** A whole agenda. Its file says that it is one, and in which version ([TMPL4]). */
export interface Agenda {
  plenary: "agenda";
  version: 1;
  name: string;
  purpose: string;
  steps: StepPlan[];
  sections: SectionPlan[];
  lenses?: string[];
  issues?: IssuePlan[];
}

/** System only: this agenda instead of the one there is, where nothing has begun ([TMPL5]). */
export interface AgendaSet {
  do: "agenda.set";
  agenda: Agenda;
}

/** How it ended to tell the happening `n`. `status`: what was answered (HTTP); None: nothing was. */
export interface Attempt {
  n: number;
  at: number;
  arrived: boolean;
  status?: number | null;
  why?: "answered" | "silent" | "unreachable" | "not_allowed";
}

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

/** `POST /api/workshops/{id}/files`: a file of so many bytes is to come ([FILE2]). Again: as it stands. */
export interface BeginFile {
  id: string;
  title: string;
  size: number;
  note?: string | null;
  issue?: string | null;
  anonymous?: boolean;
}

/** `POST /api/workshops/{id}/paper`, for facilitators: begins the paper from what stands there ([PAPER1]). `names`: those who took part are named in it. */
export interface BeginPaper {
  language?: string;
  names?: boolean;
  target?: number;
}

/** The shared sheet of one chosen issue; has the issue's id. */
export interface Board {
  kind: "board";
  id: string;
  rank: string;
  title: string;
  locked: boolean;
  extra: number;
}

/** Facilitator: give one group more minutes in the current step (`step`, as the facilitator saw it) ([MON3]). */
export interface BoardExtend {
  do: "board.extend";
  board: string;
  step: string;
  minutes: number;
}

/** Facilitator, or who leads the board: lock or unlock it. */
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
export type Code = "malformed" | "unknown_command" | "invalid" | "too_long" | "too_many" | "too_large" | "forbidden" | "not_found" | "exists" | "stale" | "not_now" | "locked" | "muted" | "closed" | "over_budget" | "over_item" | "capped" | "not_empty" | "kept_private" | "open_now" | "file_kind" | "file_size" | "file_space" | "no_files" | "gap" | "rate" | "busy" | "store" | "bad_token" | "bad_code" | "password" | "waiting" | "turned_away" | "full" | "origin" | "hello_first" | "hello_late" | "dead" | "slow" | "restart" | "version" | "removed" | "deleted" | "internal";

/** Answer to `GET /api/codes/{code}`: what is told of a workshop before one is in. */
export interface CodeInfo {
  title: string;
  code: string;
  workshop: string;
  policy: "open" | "password" | "approve";
}

/** How far a file has come. `chunk`: the longest piece that is taken at once. `done`: it is there. */
export interface Coming {
  offset: number;
  size: number;
  chunk?: number;
  done?: boolean;
}

/** What somebody says to a note. Seen by those who may read the note. */
export interface Comment {
  kind: "comment";
  id: string;
  note: string;
  rank: string;
  text: string;
  by: string | null;
  at: number;
  anonymous: boolean;
}

/** Say something to a note. `anonymous`: its author was promised to stay unnamed ([SOFT2]). */
export interface CommentAdd {
  do: "comment.add";
  id: string;
  note: string;
  rank: string;
  text: string;
  anonymous?: boolean;
}

/** Take my comment away (facilitator: any). */
export interface CommentDrop {
  do: "comment.drop";
  id: string;
}

/** Change my comment. */
export interface CommentEdit {
  do: "comment.edit";
  id: string;
  text: string;
}

/** A link or a file that somebody brought: to the workshop, to an issue, or to a note. A link has a `url`; a file has a `blob`, under which the files' store keeps its bytes. */
export interface Contribution {
  kind: "contribution";
  id: string;
  title: string;
  url: string | null;
  blob: string | null;
  media: string | null;
  size: number;
  sha256: string;
  small: string;
  note: string | null;
  issue: string | null;
  by: string | null;
  at: number;
  anonymous: boolean;
}

/** Take my link or file away (facilitator: any). */
export interface ContributionDrop {
  do: "contribution.drop";
  id: string;
}

/** Give my link or file another title (facilitator: any). */
export interface ContributionName {
  do: "contribution.name";
  id: string;
  title: string;
}

/** `POST /api/workshops`. */
export interface Create {
  title: string;
  template?: string;
  language?: string;
  agenda?: Agenda | null;
}

/** Answer to `Create`, and to `GET /api/workshops/{id}/links` for facilitators. */
export interface Created {
  id: string;
  code: string;
  links: Links;
}

/** Where somebody is in the paper: two places in its text, as Yjs encodes them (base 64). */
export interface Cursor {
  anchor: string;
  head: string;
}

/** `DELETE /api/workshops/{id}`, for facilitators: for ever ([GONE7]). `title`: which one they mean. */
export interface Delete {
  title: string;
}

/** A command. `n` grows by each; `prev` is the last `n` that was not refused, 0 at first ([ONCE1]). */
export interface Do {
  type: "do";
  n: number;
  prev: number;
  command: PersonJoin | PersonRename | PersonMove | PeopleBalance | PeoplePlace | PersonRole | PersonLead | PersonMute | PersonRemove | PersonReady | SeatAdd | SeatDrop | SeatAct | HandRaise | HandLower | HandClear | StepGo | StepExtend | StepPause | StepEnd | StepAdd | StepEdit | StepDrop | StepReveal | StepShow | AgendaSet | WorkshopEdit | WorkshopRetain | WorkshopGather | WorkshopSpotlight | WorkshopStart | WorkshopWall | KeyReplace | DoorSet | PageShare | HookSet | HookTest | HookTry | HookTold | GuestAdmit | GuestTurn | IssueAdd | IssueEdit | IssueDrop | IssueMerge | IssueChoose | IssueAdmit | IssueAside | BoardLock | BoardExtend | NoteAdd | NoteEdit | NoteSettle | NoteMove | NoteTag | NoteColour | NoteBin | NoteRestore | NoteReact | NoteMany | NoteAdmit | NoteAside | StackMake | StackName | StackMove | StackSplit | CommentAdd | CommentEdit | CommentDrop | LinkAdd | FileAdd | ContributionName | ContributionDrop | VoteCast | ActivityAdd | ActivityEdit | ActivitySet | ActivityDrop | PaperBegin | PaperEdit | PaperSet | NoticeSay | NoticeEnd | MemoWrite;
}

/** Command `n` is in the log, at `seq` or before. */
export interface Done {
  type: "done";
  n: number;
  seq: number;
}

/** How people come in. Only facilitators get it, and never what is secret in it ([KEY4]). A link carries the number that its role has here; a higher one makes all earlier links of the role void. */
export interface Door {
  kind: "door";
  id: string;
  facilitators: number;
  projectors: number;
  screens: number;
  policy: "open" | "password" | "approve";
  password: string | null;
  codes: string[];
  page: string | null;
  page_language: string;
}

/** System only: how participants get in from now on. `password`: salted and hashed; None: as it is ([DOOR1]). */
export interface DoorSet {
  do: "door.set";
  policy: "open" | "password" | "approve";
  password?: string | null;
}

/** The record is gone; the record need not be there. */
export interface Drop {
  op: "drop";
  kind: "workshop" | "door" | "step" | "section" | "lens" | "person" | "guest" | "issue" | "board" | "note" | "stack" | "comment" | "reaction" | "ballot" | "tally" | "activity" | "notice" | "memo" | "paper" | "update" | "contribution" | "hook";
  id: string;
}

/** `POST /api/workshops/{id}/duplicate`, for facilitators: answered as `Create` is ([DUP1]). */
export interface Duplicate {
  title: string;
  issues?: boolean;
}

/** Server alone: a file whose bytes have come is there, by this person ([FILE3]). */
export interface FileAdd {
  do: "file.add";
  id: string;
  title: string;
  blob: string;
  media: string;
  size: number;
  sha256: string;
  small?: string;
  note?: string | null;
  issue?: string | null;
  anonymous?: boolean;
  by: string;
}

/** What the participants of one place gave, as far as that may be told ([SHARE3]). */
export interface Given {
  place: Place;
  people: number;
  notes: number;
  dots: number | null;
}

/** Somebody at the door who waits to be let in; then a person of the same id. Only facilitators get it ([DOOR3]). */
export interface Guest {
  kind: "guest";
  id: string;
  name: string;
  place: Place;
  at: number;
  turned: boolean;
}

/** Facilitator: let these in who wait at the door ([DOOR4]). */
export interface GuestAdmit {
  do: "guest.admit";
  ids: string[];
}

/** Facilitator: turn these away ([DOOR4]). */
export interface GuestTurn {
  do: "guest.turn";
  ids: string[];
}

/** Facilitator: lower all hands. */
export interface HandClear {
  do: "hand.clear";
}

/** Lower my hand (facilitator: anybody's). */
export interface HandLower {
  do: "hand.lower";
  person: string;
}

/** Raise my hand. */
export interface HandRaise {
  do: "hand.raise";
}

/** Something that another program is told of. `step`: the one that is current then. */
export interface Happening {
  n: number;
  what: "step.changed" | "workshop.closed" | "test";
  at: number;
  step: string;
  kind: string;
  title: string;
}

/** First message up. `client` is this tab's or device's own id; `after` where it left off. */
export interface Hello {
  type: "hello";
  token: string;
  client: string;
  after?: Position | null;
  form?: number;
}

/** Who came or changed, and who went. `all`: this is the whole roster. `others`: how many more are here, untold. */
export interface HereDown {
  type: "here";
  all: boolean;
  people: Present[];
  gone: string[];
  others: number;
}

/** What I am doing now: the board I look at, the note I edit, whether I type, how much I hold unsaved ([MON2]). */
export interface HereUp {
  type: "here";
  board?: string | null;
  note?: string | null;
  typing?: boolean;
  unsaved?: number;
  cursor?: Cursor | null;
}

/** Another program that is told of what happens ([HOOK2]). Facilitators get it, without its address. */
export interface Hook {
  kind: "hook";
  id: string;
  address: string | "";
  on: boolean;
  number: number;
  count: number;
  waiting: Happening[];
  tries: number;
  due: number;
  last: Attempt | null;
}

/** System only: tell this address from now on; None: nobody. `renew`: with a new secret ([HOOK1]). */
export interface HookSet {
  do: "hook.set";
  address: string | null;
  renew?: boolean;
}

/** System only: something to be told so that it is seen whether it arrives ([HOOK7]). */
export interface HookTest {
  do: "hook.test";
}

/** System only: how that ended ([HOOK4]). */
export interface HookTold {
  do: "hook.told";
  attempt: Attempt;
}

/** System only: whoever gets this through tells what is next, nobody else ([HOOK5]). `tries`: as it was seen. */
export interface HookTry {
  do: "hook.try";
  n: number;
  tries: number;
}

/** A whole file. */
export interface Import {
  format: "csv" | "xlsx" | "trello" | "excalidraw" | "json" | "markdown" | "list";
  title: string;
  tables: ImportTable[];
  left: ImportLeft[];
}

/** A column: its name, or which it is, and what it is suggested to be. */
export interface ImportColumn {
  name: string;
  known: Known | null;
  meaning: Meaning;
}

/** What has no place in a table: how many, and the words of those that have any. */
export interface ImportLeft {
  what: What;
  count: number;
  texts: string[];
}

/** Rows of texts, each as long as there are columns. `header`: the columns have their names from a first row, which is not among these. `cells`: each cell is a note, and its column's name a section. `archived`: it was out of sight there. */
export interface ImportTable {
  title: string;
  header: boolean;
  cells: boolean;
  archived: boolean;
  columns: ImportColumn[];
  rows: string[][];
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
  waits: boolean;
  aside: boolean;
}

/** Propose a tough issue. */
export interface IssueAdd {
  do: "issue.add";
  id: string;
  rank: string;
  title: string;
  detail?: string;
}

/** Facilitator: let these issues through that wait; what does not wait (any more) is left out ([MOD2]). */
export interface IssueAdmit {
  do: "issue.admit";
  ids: string[];
}

/** Facilitator: set an issue aside, or bring it back ([ASIDE4]). */
export interface IssueAside {
  do: "issue.aside";
  id: string;
  on: boolean;
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

/** An issue suggested in advance. */
export interface IssuePlan {
  title: string;
  detail?: string;
  chosen?: boolean;
}

/** `POST /api/join`. A code (participants) or the key of a link; `token` to come back as the same person. */
export interface Join {
  code?: string | null;
  key?: string | null;
  name?: string | null;
  place?: Place;
  password?: string | null;
}

/** Answer to `Join`. `person` is None for the projector. `waiting`: ask again with the token ([DOOR3]). */
export interface Joined {
  token: string;
  workshop: string;
  person: string | null;
  role: Role;
  waiting: boolean;
}

/** Answer to `GET /api/workshops/{id}/keeping` ([KEEP3]); each None where there is none. `limit`: the longest that this server keeps a workshop (days). `days`: what counts here, from the last entry on. `until`: when it will be deleted, if nothing more is done. */
export interface Keeping {
  limit: number | null;
  days: number | null;
  until: number | null;
}

/** System only: the links of a role are void, a new one is valid ([KEY1]). `code`: the participants' new one, which leads here already. `end`: projectors that are in have to go. */
export interface KeyReplace {
  do: "key.replace";
  role: Role;
  code?: string | null;
  end?: boolean;
}

/** A column that has its name from its place in the file, not from a heading. */
export type Known = "list" | "card" | "description" | "checklists" | "comments" | "attachments" | "labels" | "members" | "votes" | "due" | "text" | "frame" | "link" | "heading" | "under";

/** A tag that notes may carry, from the working definition. */
export interface Lens {
  kind: "lens";
  id: string;
  rank: string;
  title: string;
}

/** Add a link: to a note, to an issue, or (neither) to the workshop. `anonymous`: as of a comment ([SOFT2]). */
export interface LinkAdd {
  do: "link.add";
  id: string;
  title: string;
  url: string;
  note?: string | null;
  issue?: string | null;
  anonymous?: boolean;
}

/** Full addresses; each carries its role. */
export interface Links {
  facilitator: string;
  participant: string;
  projector: string;
}

/** What a column is to a note. */
export type Meaning = "text" | "section" | "author" | "tags" | "beneath" | "ignore";

/** What a facilitator notes to themself for a step. Sent to that person alone ([MEMO1]). Id: `step.person`. */
export interface Memo {
  kind: "memo";
  id: string;
  step: string;
  person: string;
  text: string;
}

/** Facilitator: my own note for a step, as it is now; empty: none ([MEMO1]). */
export interface MemoWrite {
  do: "memo.write";
  step: string;
  text: string;
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
  binned_at: number;
  stack: string | null;
  colour: "sage" | "rose" | "sky" | "sand" | "lilac" | "mint" | null;
  waits: boolean;
  aside: boolean;
  reactions: number;
}

/** Write a note. `step`: the writing step that its author had before them ([SOFT1]). `private` and `anonymous`: what they were promised there ([SOFT4]). */
export interface NoteAdd {
  do: "note.add";
  id: string;
  board: string;
  section: string;
  rank: string;
  text: string;
  step?: string | null;
  private?: boolean;
  anonymous?: boolean;
}

/** Facilitator: let these notes through that wait; what does not wait (any more) is left out ([MOD2]). */
export interface NoteAdmit {
  do: "note.admit";
  ids: string[];
}

/** Facilitator: set a note aside, or bring it back ([ASIDE1]). */
export interface NoteAside {
  do: "note.aside";
  id: string;
  on: boolean;
  was?: Was | null;
}

/** Put a note into the bin. `new`: take back that I wrote it, while nobody did anything to it ([UNDO2]). */
export interface NoteBin {
  do: "note.bin";
  id: string;
  was?: Was | null;
  new?: boolean;
}

/** Give a note a colour of its own; None: its section's. */
export interface NoteColour {
  do: "note.colour";
  id: string;
  colour: "sage" | "rose" | "sky" | "sand" | "lilac" | "mint" | null;
  was?: Was | null;
}

/** Change a note's text. `rev` and `base`: the version I began with, for the merge ([NOTE4]). `exact`: only where the text still is `base`; else it is refused with `stale`, not merged ([UNDO1]). */
export interface NoteEdit {
  do: "note.edit";
  id: string;
  rev: number;
  base: string;
  text: string;
  exact?: boolean;
}

/** Several commands on notes and stacks as one: all of them, in order, or none ([NOTE14]). */
export interface NoteMany {
  do: "note.many";
  commands: (NoteAdd | NoteEdit | NoteMove | NoteTag | NoteColour | NoteBin | NoteRestore | NoteAside | StackMake | StackName | StackMove | StackSplit)[];
}

/** Put a note elsewhere. With `stack` it joins that, wherever it lies by now; without, it leaves its own. */
export interface NoteMove {
  do: "note.move";
  id: string;
  board: string;
  section: string;
  rank: string;
  stack?: string | null;
  was?: Was | null;
}

/** Say "me too" to a note, or take it back. */
export interface NoteReact {
  do: "note.react";
  id: string;
  on: boolean;
}

/** Take a note out of the bin. */
export interface NoteRestore {
  do: "note.restore";
  id: string;
  was?: Was | null;
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
  was?: Was | null;
}

/** What a facilitator said to the room; `board` None: to everybody. `ended`: off the screens, not off the list. */
export interface Notice {
  kind: "notice";
  id: string;
  text: string;
  board: string | null;
  by: string | null;
  at: number;
  ended: boolean;
}

/** Facilitator: take the line off the screens; it stays in the list of what was said ([SAY3]). */
export interface NoticeEnd {
  do: "notice.end";
  id: string;
}

/** Facilitator: a line that everybody's screen shows, or that of one group ([SAY1]). */
export interface NoticeSay {
  do: "notice.say";
  id: string;
  text: string;
  board?: string | null;
}

/** Answer to an archive that was opened. `taken`: codes of it that lead to other workshops here, and stay so. `lacking`: how many files it knows and did not bring. */
export interface Opened {
  id: string;
  code: string;
  links: Links;
  taken: string[];
  lacking: number;
}

/** Answer to `SharePage`, and to `GET /api/workshops/{id}/page`: where the paper may be read; None: nowhere. */
export interface Page {
  link: string | null;
}

/** System only: everybody may read the paper under this name, which leads here already; None: nobody ([PAGE1]). */
export interface PageShare {
  do: "page.share";
  page: string | null;
  language?: string;
}

/** The briefing paper that all write together; its id is always `paper`. Sent to who watches it ([PAPER2]). */
export interface Paper {
  kind: "paper";
  id: string;
  base: string;
  target: number;
  folded: number;
  by: string | null;
  at: number;
}

/** The server: the paper begins, as it was made from the boards, for whoever asked ([PAPER1]). */
export interface PaperBegin {
  do: "paper.begin";
  base: string;
  by?: string | null;
  target?: number;
}

/** What I wrote into the paper ([PAPER3]). */
export interface PaperEdit {
  do: "paper.edit";
  id: string;
  data: string;
  form?: number;
}

/** Facilitator: how many words the paper should have, about. */
export interface PaperSet {
  do: "paper.set";
  target: number;
}

/** The named fields take the given values; the record must be there. */
export interface Patch {
  op: "patch";
  kind: "workshop" | "door" | "step" | "section" | "lens" | "person" | "guest" | "issue" | "board" | "note" | "stack" | "comment" | "reaction" | "ballot" | "tally" | "activity" | "notice" | "memo" | "paper" | "update" | "contribution" | "hook";
  id: string;
  set: { [field: string]: unknown };
}

/** Facilitator: place everybody who has no board, so that the boards' sizes are as equal as can be. `anew`: those who have one may be moved too, as few as that takes. */
export interface PeopleBalance {
  do: "people.balance";
  anew?: boolean;
}

/** Facilitator: put those who join late on the board with fewest people, or let them choose. */
export interface PeoplePlace {
  do: "people.place";
  on: boolean;
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
  hand: number | null;
  host: string | null;
  muted: boolean;
  removed: boolean;
  leads: string | null;
  ready: string | null;
}

/** System only: somebody came in by link or code ([JOIN1]). `code`, or the number of the `key`, is what they came by; None: the server lets them in by itself ([KEY1]). `passed`: the hash of the password that they knew. */
export interface PersonJoin {
  do: "person.join";
  id: string;
  name: string;
  role: Role;
  place: Place;
  code?: string | null;
  key?: number | null;
  passed?: string | null;
}

/** Facilitator: have somebody lead a board, as a second facilitator (None: none any more). */
export interface PersonLead {
  do: "person.lead";
  person: string;
  board: string | null;
}

/** Go to a board (None: to no board). Others may be moved by the facilitator. */
export interface PersonMove {
  do: "person.move";
  person: string;
  board: string | null;
}

/** Facilitator: pause somebody's writing, or let them go on. */
export interface PersonMute {
  do: "person.mute";
  person: string;
  muted: boolean;
}

/** I am done with this step (`ready` false: not yet after all); it must be the current one ([READY1]). */
export interface PersonReady {
  do: "person.ready";
  step: string;
  ready: boolean;
}

/** Facilitator: put somebody out, or let them in again. */
export interface PersonRemove {
  do: "person.remove";
  person: string;
  removed: boolean;
}

/** Call myself something else, or say where I am. Others may be renamed by the facilitator (None: myself). */
export interface PersonRename {
  do: "person.rename";
  person?: string | null;
  name: string;
  place: Place;
}

/** Facilitator: make somebody a facilitator, `instead` of me if so wished; or a participant again. */
export interface PersonRole {
  do: "person.role";
  person: string;
  role: Role;
  instead?: boolean;
}

/** Where a person takes part from. */
export type Place = "room" | "remote";

/** How far a client has seen: `seq`, and the `tag` the server gave with it, which no other log has ([RESUME3]). */
export interface Position {
  seq: number;
  tag: string;
}

/** One person who is connected. `note` is left out where it would betray an author, and so is `unsaved`. */
export interface Present {
  person: string;
  board: string | null;
  note: string | null;
  typing: boolean;
  devices: number;
  unsaved: number;
  cursor: Cursor | null;
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
  record: Workshop | Door | Step | Section | Lens | Person | Guest | Issue | Board | Note | Stack | Comment | Reaction | Ballot | Tally | Activity | Notice | Memo | Paper | Update | Contribution | Hook;
}

/** One person's "me too" on one note. Sent to that person alone. Id: `note.person`. */
export interface Reaction {
  kind: "reaction";
  id: string;
  note: string;
  person: string;
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

/** `POST /api/workshops/{id}/links`, for facilitators: a new link for a role ([KEY1]). `end`: of the projector's, also end the screens that are open. */
export interface Replace {
  role: Role;
  end?: boolean;
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

/** Do this for a seat of mine. */
export interface SeatAct {
  do: "seat.act";
  seat: string;
  command: NoteAdd | NoteEdit | NoteMove | NoteTag | NoteColour | NoteBin | NoteRestore | NoteAside | StackMake | StackName | StackMove | StackSplit | NoteSettle | NoteReact | NoteMany | CommentAdd | CommentEdit | CommentDrop | IssueAdd | IssueEdit | IssueDrop | VoteCast | HandRaise | HandLower | PersonRename;
}

/** Give a seat on my device to somebody who has none. */
export interface SeatAdd {
  do: "seat.add";
  id: string;
  name: string;
}

/** Give up a seat of mine (facilitator: any). */
export interface SeatDrop {
  do: "seat.drop";
  id: string;
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

/** A column that every board gets. */
export interface SectionPlan {
  title: string;
  hint?: string;
  colour: string;
  icon: string;
}

/** `POST /api/workshops/{id}/door`, for facilitators ([DOOR1]). `password`: as it is where it is left out. */
export interface SetDoor {
  policy: "open" | "password" | "approve";
  password?: string | null;
}

/** `POST /api/workshops/{id}/webhook`, for facilitators: tell this program ([HOOK1]). `renew`: with a new secret. */
export interface SetWebhook {
  address: string;
  renew?: boolean;
}

/** `POST /api/workshops/{id}/page`, for facilitators: the paper gets a public page, or a new link to it ([PAGE1]). `language`: of its words that are ours. */
export interface SharePage {
  language?: string;
}

/** Answer to `GET /api/workshops/{id}/shares`, for facilitators. `gave`: so many gave something in this step. */
export interface Shares {
  step: string;
  people: number;
  gave: number | null;
  ready: number | null;
  places: Given[];
}

/** Notes that belong together, two at the least; lies among a section's notes as one of them. */
export interface Stack {
  kind: "stack";
  id: string;
  board: string;
  section: string;
  rank: string;
  title: string;
}

/** Stack notes where the first of them lies. `rank`: the stack's place there; without, that of the first note. */
export interface StackMake {
  do: "stack.make";
  id: string;
  notes: string[];
  rank?: string | null;
  title?: string;
}

/** Put a stack elsewhere, with its notes. */
export interface StackMove {
  do: "stack.move";
  id: string;
  board: string;
  section: string;
  rank: string;
  was?: Was | null;
}

/** Name a stack. */
export interface StackName {
  do: "stack.name";
  id: string;
  title: string;
  was?: Was | null;
}

/** Take a stack apart: its notes lie on their own again, each at its own rank. */
export interface StackSplit {
  do: "stack.split";
  id: string;
}

/** How an activity stands. */
export type Status = "idea" | "agreed" | "begun" | "done";

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
  most_notes: number;
  moderated: boolean;
  skipped: boolean;
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
  most_notes?: number | null;
  moderated?: boolean | null;
  skipped?: boolean | null;
}

/** Facilitator: the time of the current step (`step`, as the facilitator saw it) is up now; the step stays. */
export interface StepEnd {
  do: "step.end";
  step: string;
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
export type StepKind = "welcome" | "propose" | "choose" | "breakout" | "write" | "vote" | "plenary" | "plan" | "paper" | "break" | "talk" | "close";

/** Facilitator: stop the clock of the current step (`step`, as the facilitator saw it), or let it go on. */
export interface StepPause {
  do: "step.pause";
  step: string;
  on: boolean;
}

/** A step of an agenda: a step as it is before anything happened in it. */
export interface StepPlan {
  step: StepKind;
  title: string;
  minutes: number;
  instruction?: string;
  dots?: number;
  most?: number;
  blind?: boolean;
  private?: boolean;
  anonymous?: boolean;
  most_notes?: number;
  moderated?: boolean;
}

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

/** Answer to `POST /api/workshops/{id}/files/{file}/ticket`: opens that file's address for a while ([FILE6]). */
export interface Ticket {
  ticket: string;
}

/** What somebody wrote into the paper, not in its base yet. */
export interface Update {
  kind: "update";
  id: string;
  n: number;
  data: string;
  by: string | null;
  at: number;
  held: boolean;
}

/** I want exactly `dots` of my dots on `target` in this round; 0 takes them back ([VOTE1]). */
export interface VoteCast {
  do: "vote.cast";
  round: string;
  target: string;
  dots: number;
}

/** How the asker saw a note or a stack: where a field that is given here is another by now, `stale` ([UNDO1]). Of `stack` and `colour` the empty text means: none. */
export interface Was {
  text?: string | null;
  lenses?: string[] | null;
  board?: string | null;
  section?: string | null;
  rank?: string | null;
  stack?: string | "" | null;
  colour?: "sage" | "rose" | "sky" | "sand" | "lilac" | "mint" | "" | null;
  binned?: boolean | null;
  aside?: boolean | null;
  title?: string | null;
}

/** Send me the notes and tallies of these boards only (None: of all), and the paper. What is left out stays. */
export interface Watch {
  type: "watch";
  boards?: string[] | null;
  paper?: boolean;
}

/** Answer to `SetWebhook`, and to `GET /api/workshops/{id}/webhook`; None where nobody is told. `possible`: this server tells other programs at all. */
export interface Webhook {
  possible: boolean;
  address: string | null;
  secret: string | null;
}

/** Everything you may see at `seq`. `last`: the last `n` of this client that the log holds. */
export interface Welcome {
  type: "welcome";
  you: You;
  seq: number;
  tag: string;
  now: number;
  last: number;
  records: (Workshop | Door | Step | Section | Lens | Person | Guest | Issue | Board | Note | Stack | Comment | Reaction | Ballot | Tally | Activity | Notice | Memo | Paper | Update | Contribution | Hook)[];
}

/** What has no place in a table. */
export type What = "about" | "empty" | "history" | "comment" | "deleted" | "shape" | "box" | "picture" | "replaced";

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
  starts: number | null;
  paused: number | null;
  timed: boolean;
  placing: boolean;
  spotlight: string | null;
  gathered: string | null;
  wall: "live" | "turns" | "still" | "black";
  wall_at: number;
  created: number;
  retain: 30 | 90 | 365 | null;
  paper: number | null;
  paper_form: number;
}

/** Facilitator: title and purpose. */
export interface WorkshopEdit {
  do: "workshop.edit";
  title: string;
  purpose: string;
}

/** Facilitator: bring everybody to what is in the spotlight, or let them go ([GATHER1]). */
export interface WorkshopGather {
  do: "workshop.gather";
  on: boolean;
}

/** Facilitator: delete the workshop so many days after its last entry; None: keep it ([KEEP1]). */
export interface WorkshopRetain {
  do: "workshop.retain";
  days: 30 | 90 | 365 | null;
}

/** Facilitator: put a board, a stack, a note or the `plan` in front of everybody, or nothing. */
export interface WorkshopSpotlight {
  do: "workshop.spotlight";
  target: string | null;
}

/** Facilitator: when the session begins (ms); None: no time is set. */
export interface WorkshopStart {
  do: "workshop.start";
  at: number | null;
}

/** Facilitator: what the big screens do from now on ([SCENE8]). */
export interface WorkshopWall {
  do: "workshop.wall";
  wall: "live" | "turns" | "still" | "black";
}

/** Who the token says you are. */
export interface You {
  workshop: string;
  person: string | null;
  role: Role;
}

export type Record =
  | Workshop
  | Door
  | Step
  | Section
  | Lens
  | Person
  | Guest
  | Issue
  | Board
  | Note
  | Stack
  | Comment
  | Reaction
  | Ballot
  | Tally
  | Activity
  | Notice
  | Memo
  | Paper
  | Update
  | Contribution
  | Hook;

export type Change =
  | Put
  | Patch
  | Drop;

export type Command =
  | PersonJoin
  | PersonRename
  | PersonMove
  | PeopleBalance
  | PeoplePlace
  | PersonRole
  | PersonLead
  | PersonMute
  | PersonRemove
  | PersonReady
  | SeatAdd
  | SeatDrop
  | SeatAct
  | HandRaise
  | HandLower
  | HandClear
  | StepGo
  | StepExtend
  | StepPause
  | StepEnd
  | StepAdd
  | StepEdit
  | StepDrop
  | StepReveal
  | StepShow
  | AgendaSet
  | WorkshopEdit
  | WorkshopRetain
  | WorkshopGather
  | WorkshopSpotlight
  | WorkshopStart
  | WorkshopWall
  | KeyReplace
  | DoorSet
  | PageShare
  | HookSet
  | HookTest
  | HookTry
  | HookTold
  | GuestAdmit
  | GuestTurn
  | IssueAdd
  | IssueEdit
  | IssueDrop
  | IssueMerge
  | IssueChoose
  | IssueAdmit
  | IssueAside
  | BoardLock
  | BoardExtend
  | NoteAdd
  | NoteEdit
  | NoteSettle
  | NoteMove
  | NoteTag
  | NoteColour
  | NoteBin
  | NoteRestore
  | NoteReact
  | NoteMany
  | NoteAdmit
  | NoteAside
  | StackMake
  | StackName
  | StackMove
  | StackSplit
  | CommentAdd
  | CommentEdit
  | CommentDrop
  | LinkAdd
  | FileAdd
  | ContributionName
  | ContributionDrop
  | VoteCast
  | ActivityAdd
  | ActivityEdit
  | ActivitySet
  | ActivityDrop
  | PaperBegin
  | PaperEdit
  | PaperSet
  | NoticeSay
  | NoticeEnd
  | MemoWrite;

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

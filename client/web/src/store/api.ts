/** The HTTP side: make a workshop, come in, take things out. Tokens are kept per workshop on this device. */

import type {
  Agenda,
  BeginPaper,
  Code,
  Create,
  Created,
  Import,
  Join,
  Joined,
  Keeping,
  Opened,
  Page,
  Problem,
  Replace,
  SetDoor,
  SetWebhook,
  Shares,
  Ticket,
  Webhook,
} from '../protocol/types.ts';
import { isSignIn } from '../sync/stream.ts';
import { at } from './place.ts';

export class ApiError extends Error {
  constructor(
    /** `network`: nothing answered. */
    readonly code: Code | 'network',
    readonly detail: string,
    /** Of a network that wants one to sign in first ([CLIENT10]). */
    readonly signIn = false,
  ) {
    super(detail);
  }
}

export type Pass = Joined;

/** Make a workshop from a template, or from an agenda. */
export function createWorkshop(wanted: Create): Promise<Created> {
  return ask('api/workshops', wanted);
}

/** [TMPL4] A file, as the server understands it. */
export function readAgenda(text: string): Promise<Agenda> {
  return ask('api/agendas', text);
}

/** [ARCH7] A whole workshop from elsewhere. */
export async function openArchive(file: Blob): Promise<Opened> {
  const headers = { 'Content-Type': file.type || 'application/octet-stream' };
  return fetched('api/workshops/import', { method: 'POST', headers, body: file });
}

/** [TMPL4] What this workshop was set up with. */
export function takeAgenda(pass: Pass): Promise<Agenda> {
  return ask(`api/workshops/${pass.workshop}/agenda`, undefined, pass.token);
}

/** [TMPL5] Another agenda instead, where nothing has begun. */
export function openAgenda(pass: Pass, agenda: Agenda): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}/agenda`, agenda, pass.token);
}

/** [DUP1] A new workshop that is set up as this one was. */
export function duplicate(pass: Pass, title: string, issues: boolean): Promise<Created> {
  return ask(`api/workshops/${pass.workshop}/duplicate`, { title, issues }, pass.token);
}

/** [KEEP3] How long the workshop is kept. */
export function getKeeping(pass: Pass): Promise<Keeping> {
  return ask(`api/workshops/${pass.workshop}/keeping`, undefined, pass.token);
}

/** [GONE7] For ever. `title`: the workshop's. */
export function deleteWorkshop(pass: Pass, title: string): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}`, { title }, pass.token, 'DELETE');
}

/** Come in by code (participants) or by a link's key; the pass is kept, so that a reload comes straight back. */
export async function join(wanted: Partial<Join>, known?: Pass): Promise<Pass> {
  const pass = await ask<Pass>('api/join', wanted, known?.token);
  if (!pass.waiting) keep(pass);
  return pass;
}

/** The links of a workshop, for its facilitators. */
export function getLinks(pass: Pass): Promise<Created> {
  return ask(`api/workshops/${pass.workshop}/links`, undefined, pass.token);
}

/** [KEY1] A new link for a role: the old one opens nothing any more. `end`: open screens have to go too. */
export function replaceLink(pass: Pass, role: Replace['role'], end: boolean): Promise<Created> {
  return ask(`api/workshops/${pass.workshop}/links`, { role, end }, pass.token);
}

/** [DOOR1] How participants get in from now on. */
export function setDoor(pass: Pass, door: SetDoor): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}/door`, door, pass.token);
}

/** [SHARE1] Who gives how much, in counts. */
export function getShares(pass: Pass): Promise<Shares> {
  return ask(`api/workshops/${pass.workshop}/shares`, undefined, pass.token);
}

/** [PAPER1] The paper begins from what stands on the boards. */
export function beginPaper(pass: Pass, wanted: BeginPaper): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}/paper`, wanted, pass.token);
}

/** [PAGE2] Where everybody may read the paper, if anywhere. */
export function getPage(pass: Pass): Promise<Page> {
  return ask(`api/workshops/${pass.workshop}/page`, undefined, pass.token);
}

/** [PAGE1] Everybody may read the paper, at a link that is new each time; our words on it in `language`. */
export function sharePage(pass: Pass, language: string): Promise<Page> {
  return ask(`api/workshops/${pass.workshop}/page`, { language }, pass.token);
}

/** [PAGE1] Nobody may any more. */
export function endPage(pass: Pass): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}/page`, '', pass.token, 'DELETE');
}

/** [IMP6] A file of another tool, or a text, as tables. */
export async function readFile(pass: Pass, file: Blob, name: string): Promise<Import> {
  const path = `api/workshops/${pass.workshop}/imports?name=${encodeURIComponent(name)}`;
  const headers = { Authorization: `Bearer ${pass.token}` };
  return fetched<Import>(path, { method: 'POST', headers, body: await file.arrayBuffer() });
}

/** [HOOK3] Which program is told of what happens. */
export function getWebhook(pass: Pass): Promise<Webhook> {
  return ask(`api/workshops/${pass.workshop}/webhook`, undefined, pass.token);
}

/** [HOOK1] Tell this one. */
export function setWebhook(pass: Pass, wanted: SetWebhook): Promise<Webhook> {
  return ask(`api/workshops/${pass.workshop}/webhook`, wanted, pass.token);
}

/** [HOOK7] Tell it something, to see whether it hears. */
export function testWebhook(pass: Pass): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}/webhook/test`, '', pass.token);
}

/** [HOOK1] Tell nobody any more. */
export function endWebhook(pass: Pass): Promise<unknown> {
  return ask(`api/workshops/${pass.workshop}/webhook`, '', pass.token, 'DELETE');
}

/** A request about a file. */
export type FileInit = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** Bring a file, piece by piece ([FILE2]). `path`: of it, behind `files/`; empty: of them all. */
export async function askFile<T>(pass: Pass, path: string, init: FileInit): Promise<T> {
  const answer = await filesOf(pass, path, init);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** A file, or its small picture. */
export async function takeFile(pass: Pass, path: string): Promise<Blob> {
  return (await filesOf(pass, path, {})).blob();
}

/** [FILE6] An address that opens a file for a while. */
export async function fileAddress(pass: Pass, id: string): Promise<string> {
  const { ticket } = await ask<Ticket>(`api/workshops/${pass.workshop}/files/${id}/ticket`, {}, pass.token);
  return at(`api/workshops/${pass.workshop}/files/${id}?ticket=${encodeURIComponent(ticket)}`);
}

/** Have the browser fetch what is at an address of ours, and keep it. */
export function saveFrom(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

async function filesOf(pass: Pass, path: string, init: FileInit): Promise<Response> {
  const headers = { ...init.headers, Authorization: `Bearer ${pass.token}` };
  let answer: Response;
  try {
    answer = await fetch(at(`api/workshops/${pass.workshop}/files${path && '/'}${path}`), {
      ...init,
      headers,
    });
  } catch {
    throw unreachable();
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

export interface CodeInfo {
  title: string;
  code: string;
  workshop: string;
  policy: SetDoor['policy'];
}

/** What the join screen shows before one is in. */
export function codeInfo(code: string): Promise<CodeInfo> {
  return ask(`api/codes/${encodeURIComponent(code)}`);
}

/** The picture to scan. */
export function qrUrl(code: string): string {
  return at(`api/qr/${encodeURIComponent(code)}.svg`);
}

/** What can be taken home. */
export const FORMATS = [
  'pdf',
  'docx',
  'odt',
  'html',
  'md',
  'wall.pdf',
  'wall.png',
  'wall.svg',
  'xlsx',
  'csv',
  'plan.csv',
  'ics',
  'json',
  'zip',
] as const;
export type Format = (typeof FORMATS)[number];

/** How much of a file has come (bytes), and of how much, where that is known. */
export interface Come {
  have: number;
  all: number | null;
}

/** Download an export as a file, its words in `language`; `signal` calls it off. `told` hears how much has come. */
export async function download(
  pass: Pass,
  format: Format,
  language: string,
  signal: AbortSignal,
  told: (come: Come) => void,
): Promise<void> {
  const address = at(`api/workshops/${pass.workshop}/export/${format}?language=${language}`);
  const headers = { Authorization: `Bearer ${pass.token}` };
  const answer = await fetch(address, { headers, signal }).catch(() => Promise.reject(unreachable()));
  if (!answer.ok) throw await problemOf(answer);
  const file = await received(answer, told);
  if (!signal.aborted) saveFile(file, `plenary-${pass.workshop}${format.includes('.') ? '-' : '.'}${format}`);
}

async function received(answer: Response, told: (come: Come) => void): Promise<Blob> {
  const length = Number(answer.headers.get('content-length'));
  // What a proxy compressed is longer once it is here than it says.
  const all = length > 0 && !answer.headers.has('content-encoding') ? length : null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let have = 0;
  try {
    const reader = answer.body?.getReader();
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      pieces.push(next.value);
      have += next.value.length;
      told({ have, all });
    }
  } catch {
    throw unreachable();
  }
  return new Blob(pieces, { type: answer.headers.get('content-type') ?? '' });
}

/** Give a file to the device. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The pass this device has for a workshop in a role. */
export function passFor(workshop: string, role: Pass['role']): Pass | null {
  try {
    return JSON.parse(localStorage.getItem(place(workshop, role)) ?? 'null') as Pass | null;
  } catch {
    return null;
  }
}

/** Forget it: it is not valid any more. */
export function forgetPass(pass: Pass): void {
  try {
    localStorage.removeItem(place(pass.workshop, pass.role));
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}

function keep(pass: Pass): void {
  try {
    localStorage.setItem(place(pass.workshop, pass.role), JSON.stringify(pass));
  } catch {
    // A private window: the pass lives as long as the page.
  }
}

function place(workshop: string, role: string): string {
  return `plenary.pass.${workshop.toLowerCase()}.${role}`;
}

async function ask<T>(path: string, body?: unknown, token?: string, method = 'POST'): Promise<T> {
  const headers = {
    'Content-Type': 'application/json',
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
  // A text is sent as it is: it may be no JSON at all.
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return fetched(path, body === undefined ? { headers } : { method, headers, body: sent });
}

async function fetched<T>(path: string, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(at(path), init);
  } catch {
    throw unreachable();
  }
  if (!answer.ok) throw await problemOf(answer);
  if (answer.status === 204) return undefined as T;
  try {
    return (await answer.json()) as T;
  } catch {
    throw unreachable(answer);
  }
}

/** [CLIENT10] Not reached, or answered by something else than our server: a page that asks to accept the wifi's terms. */
function unreachable(answer?: Response): ApiError {
  return new ApiError('network', 'The server cannot be reached.', answer !== undefined && isSignIn(answer));
}

async function problemOf(answer: Response): Promise<ApiError> {
  try {
    const problem = (await answer.json()) as Problem;
    return new ApiError(problem.code, problem.detail);
  } catch {
    return unreachable(answer);
  }
}

/** The HTTP side: make a workshop, come in, take things out. Tokens are kept per workshop on this device. */

import type { Code, Created, Join, Joined, Problem } from '../protocol/types.ts';

export class ApiError extends Error {
  constructor(
    readonly code: Code,
    readonly detail: string,
  ) {
    super(detail);
  }
}

export type Pass = Joined;

/** Make a workshop from a template. */
export function createWorkshop(title: string, template = 'tough-issues'): Promise<Created> {
  return ask('/api/workshops', { title, template });
}

/** Come in by code (participants) or by a link's key; the pass is kept, so that a reload comes straight back. */
export async function join(wanted: Partial<Join>, known?: Pass): Promise<Pass> {
  const pass = await ask<Pass>('/api/join', wanted, known?.token);
  keep(pass);
  return pass;
}

/** The links of a workshop, for its facilitators. */
export function getLinks(pass: Pass): Promise<Created> {
  return ask(`/api/workshops/${pass.workshop}/links`, undefined, pass.token);
}

/** What the join screen shows before one is in. */
export function codeInfo(code: string): Promise<{ title: string; code: string }> {
  return ask(`/api/codes/${encodeURIComponent(code)}`);
}

/** The picture to scan. */
export function qrUrl(code: string): string {
  return `/api/qr/${encodeURIComponent(code)}.svg`;
}

/** Download an export as a file. */
export async function download(pass: Pass, format: 'md' | 'json'): Promise<void> {
  const answer = await fetch(`/api/workshops/${pass.workshop}/export/${format}`, {
    headers: { Authorization: `Bearer ${pass.token}` },
  });
  if (!answer.ok) throw await problemOf(answer);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `plenary-${pass.workshop}.${format}`;
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

async function ask<T>(path: string, body?: unknown, token?: string): Promise<T> {
  const headers = {
    'Content-Type': 'application/json',
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new ApiError('store', 'The server cannot be reached. Check the wifi and try again.');
  }
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<ApiError> {
  try {
    const problem = (await answer.json()) as Problem;
    return new ApiError(problem.code, problem.detail);
  } catch {
    return new ApiError('internal', 'The server gave no clear answer. Try again.');
  }
}

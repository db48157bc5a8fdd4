import { at, ownPath } from '../store/place.ts';

/** Where a path leads. Keys come behind `#k=`, so that no server and no log ever sees them. */
export type Route =
  | { to: 'door' }
  | { to: 'join'; code: string }
  | { to: 'key'; role: 'facilitator' | 'projector'; key: string }
  | { to: 'room'; role: 'facilitator' | 'participant' | 'projector'; workshop: string }
  /** `keyless`: a place of those who lead, whose key is only in its link. */
  | { to: 'nowhere'; keyless: boolean };

/** As the server makes them: no 0, 1, i, l or o ([HTTP2]). */
const CODE = /^[2-9a-hjkmnp-z]{6}$/;
const ROLES = { f: 'facilitator', p: 'projector', w: 'participant' } as const;

export function routeOf(path: string, hash: string): Route {
  const [first, second] = ownPath(path)
    .split('/')
    .filter((part) => part !== '');
  const key = new URLSearchParams(hash.replace(/^#/, '')).get('k');
  if (first === undefined) return { to: 'door' };
  if (first === 'j' && second !== undefined) return { to: 'join', code: decodeURIComponent(second) };
  if ((first === 'f' || first === 'p') && key) return { to: 'key', role: ROLES[first], key };
  if ((first === 'f' || first === 'p' || first === 'w') && second !== undefined) {
    return { to: 'room', role: ROLES[first], workshop: second };
  }
  const typed = first.toLowerCase().replace(/[^0-9a-z]/g, '');
  if (second === undefined && CODE.test(typed)) return { to: 'join', code: typed };
  return { to: 'nowhere', keyless: first === 'f' || first === 'p' };
}

/** The address of a workshop for a role, without any key. */
export function pathOf(role: string, workshop: string): string {
  return at(`${role === 'facilitator' ? 'f' : role === 'projector' ? 'p' : 'w'}/${workshop}`);
}

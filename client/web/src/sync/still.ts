/** A picture that stands still, while what is taken away goes from it too ([SCENE9]). */

import type { Change, Record as AnyRecord } from '../protocol/types.ts';
import { viewOf, type Kind, type View } from './fold.ts';

/** What goes on while a picture stands: who says what, the clock, and the words that all boards share. */
const MOVES: ReadonlySet<Kind> = new Set(['workshop', 'notice', 'lens', 'section']);

/** What people wrote of each kind, and what may not be shown any longer once it is not so any more. */
const WORDS: Partial<Record<Kind, readonly string[]>> = {
  note: ['text', 'siblings'],
  stack: ['title'],
  issue: ['title', 'detail'],
  board: ['title'],
  activity: ['title', 'owner', 'first'],
  comment: ['text'],
  person: ['name', 'removed'],
  step: ['title', 'instruction', 'minutes'],
};

export class Still {
  private picture: View;

  /** `picture` as it was, `seen` as it was when the picture was last looked over. */
  constructor(
    picture: View,
    private seen: View = picture,
  ) {
    this.picture = picture;
  }

  /** The picture, now that this is what there is. */
  view(now: View): View {
    const changes = now.differing(this.seen).flatMap(([kind, ids]) => {
      return ids.flatMap((id) => this.turn(kind, id, now));
    });
    this.seen = now;
    this.picture = this.picture.with(changes);
    return this.picture;
  }

  private turn(kind: Kind, id: string, now: View): Change[] {
    const [old, news] = [this.picture.get(kind, id), now.get(kind, id)];
    if (MOVES.has(kind)) return news ? [{ op: 'put', record: news }] : [{ op: 'drop', kind, id }];
    if (!old) return [];
    if (!news || isAway(news)) return [{ op: 'drop', kind, id }, ...this.freed(kind, id)];
    if (old.kind === 'note' && old.sealed) return [];
    if (news.kind === 'note' && news.sealed) return [{ op: 'put', record: news }];
    const words = Object.entries(news).filter(([name]) => WORDS[kind]?.includes(name));
    return words.length > 0 ? [{ op: 'patch', kind, id, set: Object.fromEntries(words) }] : [];
  }

  /** The notes of a stack that is taken apart lie by themselves. */
  private freed(kind: Kind, id: string): Change[] {
    if (kind !== 'stack') return [];
    const inside = this.picture.all('note').filter((note) => note.stack === id);
    return inside.map((note) => ({ op: 'patch', kind: 'note', id: note.id, set: { stack: null } }));
  }
}

/** In the bin, set aside, or put out. */
function isAway(record: AnyRecord): boolean {
  if (record.kind === 'note') return record.binned || record.aside;
  return (record.kind === 'issue' && record.aside) || (record.kind === 'person' && record.removed);
}

/** A picture as a device keeps it, and since when it stands. */
export interface Stood {
  at: number;
  records: AnyRecord[];
}

/** Keeps the picture of the big screen while it stands still. */
export class Standing {
  /** Null: it goes on. */
  picture: View | null = null;
  /** Hears when it begins to keep still: then it is to be kept on the device, too. */
  began: () => void = () => undefined;
  private at: number | null = null;
  private still: Still | null = null;

  /** `kept`: as this device kept it when the page was left ([SCENE9]). */
  constructor(private readonly kept: Stood | null = null) {}

  /** This is what there is now. */
  follow(now: View): void {
    const workshop = now.get('workshop', 'workshop');
    const at = workshop?.wall === 'still' ? workshop.wall_at : null;
    const begins = at !== null && at !== this.at;
    if (at !== this.at) {
      const kept = this.kept?.at === at ? viewOf(this.kept.records) : now;
      this.still = at === null ? null : new Still(kept);
      this.at = at;
    }
    this.picture = this.still?.view(now) ?? null;
    if (begins) this.began();
  }

  get stood(): Stood | null {
    return this.picture && this.at !== null ? { at: this.at, records: this.picture.records() } : null;
  }
}

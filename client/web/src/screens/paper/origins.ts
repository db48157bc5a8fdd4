/** The records that words may be drawn from, as far as this device has them. */

import type { Room } from '../../parts/room.svelte.ts';
import { plain } from '../../parts/plain.ts';
import type { Item } from '../../store/places.svelte.ts';
import type { Activity } from '../../protocol/types.ts';
import { t } from '../../words/index.ts';
import { said } from './said.ts';

/** One of them, to be shown. */
export interface Origin {
  id: string;
  text: string;
  /** Where it is, in words. */
  place: string;
  colour: string | undefined;
  dots: number;
  /** The note or stack that can be shown on its board. */
  item: Item | undefined;
}

/** What is known of it here; what this person may not see was never sent, and has no words. */
export function originOf(room: Room, id: string): Origin {
  const item = room.item(id);
  if (item && !(item.kind === 'note' && (item.sealed || item.binned))) return itemOrigin(room, item);
  const activity = room.live.activities.find((each) => each.id === id);
  if (activity) return activityOrigin(room, activity);
  const bare = { id, colour: undefined, dots: 0, item: undefined };
  if (id === room.live.workshop?.id)
    return { ...bare, text: room.live.workshop.title, place: t('source.workshop') };
  const issue = room.live.board(id) ?? room.live.issue(id);
  if (issue) return { ...bare, text: issue.title, place: t('source.issue') };
  return { ...bare, text: t('source.gone'), place: '' };
}

/** Where it hangs, in words. */
export function hangs(room: Room, { board, section }: Item): string {
  const title = room.section(section)?.title ?? '';
  return t('note.onBoard', { section: title, board: room.live.board(board)?.title ?? '' });
}

export function itemOrigin(room: Room, item: Item): Origin {
  const stack = item.kind === 'note' ? room.live.stack(item.stack) : undefined;
  return {
    id: item.id,
    text: room.textOf(item),
    place: [
      hangs(room, item),
      ...(item.kind === 'stack' ? [t('stack.count', { n: room.live.inside(item.id).length })] : []),
      ...(stack ? [t('source.inStack', { text: room.textOf(stack) })] : []),
      ...activitiesOf(room, [item.id, ...(stack ? [stack.id] : [])]).map(({ title }) =>
        t('source.became', { text: title }),
      ),
    ].join(' · '),
    colour: room.section(item.section)?.colour,
    dots: room.totalOf(item),
    item,
  };
}

function activityOrigin(room: Room, { id, title, source }: Activity): Origin {
  const from = room.item(source);
  const place = [t('source.activity'), ...(from ? [t('plan.from', { text: room.textOf(from) })] : [])];
  return { id, text: title, place: place.join(' · '), colour: undefined, dots: 0, item: undefined };
}

/** The activities that were made of any of these. */
export function activitiesOf(room: Room, ids: readonly string[]): Activity[] {
  return room.live.activities.filter(({ source }) => source !== null && ids.includes(source));
}

/** On its board, where this step shows that; whether it does. */
export function toBoard(room: Room, item: Item): boolean {
  const kind = room.live.step?.step;
  const note = item.kind === 'note' ? item : room.live.inside(item.id)[0];
  if (!room.reading || (kind !== 'write' && kind !== 'vote') || !note) return false;
  room.reading = false;
  room.linked = note.id;
  return true;
}

/** All that stands on the boards and everybody may read, the most wanted first. */
export function open(room: Room): Item[] {
  const places = room.live.boards.flatMap((board) =>
    room.live.sections.flatMap((section) => room.openIn(board.id, section.id)),
  );
  return room.ranked(places).filter((item) => said(room, item.id) !== undefined);
}

/** Whether the paper is drawn from it: from itself, from its stack, or from a note within. */
export function isUsed(room: Room, item: Item, used: ReadonlySet<string>): boolean {
  if (used.has(item.id)) return true;
  if (item.kind === 'note') return item.stack !== null && used.has(item.stack);
  return room.live.inside(item.id).some(({ id }) => used.has(id));
}

/** Notes, stacks and activities in which all these words are, to draw on. */
export function search(room: Room, wanted: string): Origin[] {
  const words = plain(wanted).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const items = open(room).flatMap((item) =>
    item.kind === 'stack'
      ? [item, ...room.live.inside(item.id).filter((note) => said(room, note.id) !== undefined)]
      : [item],
  );
  return [
    ...items.map((item) => ({ text: room.textOf(item), make: () => itemOrigin(room, item) })),
    ...room.live.activities.map((one) => ({ text: one.title, make: () => activityOrigin(room, one) })),
  ]
    .filter(({ text }) => words.every((word) => plain(text).includes(word)))
    .map(({ make }) => make());
}

/** What a paper is made of; the server lets in nothing else (`server/workshop/shelf.py`, `yjs.py`). */

import { Schema, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

const ADDRESS = /^(?:https?:\/\/|mailto:)/i;
const ADDRESS_CHARS = 2_000;
/** Above a heading of the first level stand the page's own and the paper's title. */
const ABOVE = 2;

/** Where a link may lead. */
export function isAddress(href: string): boolean {
  // eslint-disable-next-line no-control-regex
  return ADDRESS.test(href) && href.length <= ADDRESS_CHARS && !/[\u0000-\u001f\u007f-\u009f]/.test(href);
}

/** Records named by id, at most `SOURCES` of them. */
export const areSources = (of: string): boolean => /^[\w-]{1,64}(?: [\w-]{1,64}){0,11}$/.test(of);
export const SOURCES = 12;

/** 1, 2 or 3, whatever somebody made of it. */
export const levelOf = (level: unknown): number => Math.min(3, Math.max(1, Math.round(Number(level)) || 1));

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    parseDOM: [{ tag: 'p' }],
    toDOM: () => ['p', { dir: 'auto' }, 0],
  },
  heading: {
    attrs: { level: { default: 1 } },
    content: 'inline*',
    group: 'block',
    defining: true,
    // What comes from elsewhere has its title as the first.
    parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({
      tag: `h${n}`,
      getAttrs: (heading) => ({ level: levelOf(heading.dataset['level'] ?? n - 1) }),
    })),
    toDOM: ({ attrs }) => {
      const level = levelOf(attrs['level']);
      return [`h${level + ABOVE}`, { dir: 'auto', 'data-level': String(level) }, 0];
    },
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  },
  ordered_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ol' }],
    toDOM: () => ['ol', 0],
  },
  list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  ...tableNodes({ tableGroup: 'block', cellContent: 'block+', cellAttributes: {} }),
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
    leafText: () => '\n',
  },
  text: { group: 'inline' },
};

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (link) => {
          const href = link.getAttribute('href') ?? '';
          return isAddress(href) && { href };
        },
      },
    ],
    toDOM: ({ attrs }) => {
      const href = String(attrs['href']);
      const safe = isAddress(href) ? { href } : {};
      return ['a', { ...safe, target: '_blank', rel: 'noopener noreferrer nofollow' }, 0];
    },
  },
  /** What words are drawn from: records, by id. It says nothing of them. */
  source: {
    attrs: { of: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: 'span[data-of]',
        getAttrs: (span) => {
          const of = span.dataset['of'] ?? '';
          return areSources(of) && { of };
        },
      },
    ],
    toDOM: ({ attrs }) => ['span', { 'data-of': String(attrs['of']) }, 0],
  },
  em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: () => ['em', 0] },
  strong: {
    parseDOM: [
      { tag: 'strong' },
      // What office programs paste around everything is not bold.
      { tag: 'b', getAttrs: (node) => node.style.fontWeight !== 'normal' && null },
    ],
    toDOM: () => ['strong', 0],
  },
};

export const schema = new Schema({ nodes, marks });

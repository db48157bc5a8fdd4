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

export const isId = (of: string): boolean => /^[\w-]{1,64}$/.test(of);

/** Records named by id, at most `SOURCES` of them. */
export const areSources = (of: string): boolean => /^[\w-]{1,64}(?: [\w-]{1,64}){0,11}$/.test(of);
export const SOURCES = 12;

/** 1, 2 or 3, whatever somebody made of it. */
export const levelOf = (level: unknown): number => Math.min(3, Math.max(1, Math.round(Number(level)) || 1));

/** Words of a picture. */
const part = (name: string): NodeSpec => ({
  content: 'text*',
  parseDOM: [{ tag: `div[data-${name}]`, context: 'picture/' }],
  toDOM: () => ['div', { [`data-${name}`]: '' }, 0],
});

const nodes: Record<string, NodeSpec> = {
  doc: { content: '(block | picture)+' },
  paragraph: {
    content: '(inline | footnote)*',
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
  /** A note or a stack, by id: it says what that says to everybody ([QUOTE1]). */
  live_quote: {
    attrs: { of: { default: '' } },
    group: 'block',
    atom: true,
    parseDOM: [
      {
        tag: 'div[data-quotes]',
        getAttrs: (quote) => {
          const of = quote.dataset['quotes'] ?? '';
          return isId(of) && { of };
        },
      },
    ],
    toDOM: ({ attrs }) => ['div', { 'data-quotes': String(attrs['of']) }],
  },
  /** What somebody brought, by id, with words for who does not see it and a caption ([PAPER17]). */
  picture: {
    attrs: { of: { default: '' } },
    content: '(picture_alt | picture_caption)*',
    atom: true,
    isolating: true,
    draggable: true,
    parseDOM: [
      {
        tag: 'figure[data-picture]',
        getAttrs: (picture) => {
          const of = picture.dataset['picture'] ?? '';
          return isId(of) && { of };
        },
      },
    ],
    toDOM: ({ attrs }) => ['figure', { 'data-picture': String(attrs['of']) }, 0],
  },
  picture_alt: part('alt'),
  picture_caption: part('caption'),
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
  /** Its sign stands in the text, what it says at the foot. It is one thing there: `footnotes.ts` shows and edits it. */
  footnote: {
    content: 'text*',
    inline: true,
    atom: true,
    parseDOM: [{ tag: 'span[data-footnote]' }],
    toDOM: () => ['span', { 'data-footnote': '' }, 0],
  },
  text: { group: 'inline' },
};

/** What is suggested: put in, or taken out, until it is decided. It says whose it is, and which suggestion. */
const suggested = (tag: 'ins' | 'del'): MarkSpec => ({
  attrs: { by: {}, id: {} },
  inclusive: false,
  toDOM: () => [tag, { class: 'suggested' }, 0],
});

const marks: Record<string, MarkSpec> = {
  insertion: suggested('ins'),
  deletion: suggested('del'),
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

import type { Attachment } from 'svelte/attachments';

import { fill, level } from './rows';

/** How many sizes of writing there are from the smallest to the largest. */
const SIZES = 8;
/** Lines of one child where there is room: all; and where there is not. What is cut shows that it is. */
const LOOSE = '999';
const TIGHT = '3';
/** Nor more than these, where those that are shown leave room for them. */
const MOST = 8;

interface Fit {
  /** How many times the smallest size the writing may be (`--scale`); 1: it has one size. */
  largest?: number;
  /** Those beside it, which are all written in one size. */
  beside?: Beside | undefined;
  /** Those beside it, all of whose rows lie equally far apart (`--air`), so that the fullest fills its height. */
  even?: Beside | undefined;
  /** Lines of a child (`--lines`) when not all fit; 'all': as many as the node is high. */
  lines?: string;
  /** Most columns that the children may lie in (`--columns`): as few as hold all. */
  columns?: number;
  /** The children wrap into rows, which are equal where all fit; where they do not, each is full. */
  rows?: boolean;
}

/** Lists side by side: all are written as large, or lie as far apart, as the one that has the least room for it. */
export class Beside {
  private readonly wants = new Map<HTMLElement, number>();
  private readonly again = new Map<HTMLElement, () => void>();

  /** One of them, which is measured anew when the others want another size; returns what takes it out. */
  join(node: HTMLElement, again: () => void): () => void {
    this.again.set(node, again);
    return () => {
      const before = this.size;
      this.again.delete(node);
      this.wants.delete(node);
      this.tellFrom(before, node);
    };
  }

  /** It could be so large; returns how large it may be. */
  agree(node: HTMLElement, size: number): number {
    const before = this.size;
    this.wants.set(node, size);
    this.tellFrom(before, node);
    return this.size;
  }

  private tellFrom(before: number, node: HTMLElement): void {
    if (this.size !== before) for (const [other, again] of this.again) if (other !== node) again();
  }

  private get size(): number {
    return Math.min(...this.wants.values());
  }
}

/**
 * Writes as large as all children, in order, fit, no line cut; where they do not fit even at the smallest, shows as many as fit
 * whole, and says how many that are. Never a scrollbar.
 */
export function fit(
  fitted: (shown: number) => void,
  { largest = 1, lines = TIGHT, beside, even, columns = 1, rows = false }: Fit = {},
): Attachment<HTMLElement> {
  return (node) => {
    let frame = 0;
    const measure = (): void => {
      const children = [...node.children] as HTMLElement[];
      for (const child of children) child.style.display = '';
      fill(children);
      node.style.alignContent = 'start';
      node.style.setProperty('--lines', LOOSE);
      if (even) node.style.setProperty('--air', '0px');
      const write = (size: number): void => {
        node.style.setProperty('--scale', String(size));
        if (rows) level(node, children);
      };
      const size = largestThatFits(node, children, { largest, columns }, write);
      if (size === null) node.style.setProperty('--lines', lines === 'all' ? String(linesOf(node)) : lines);
      write(beside?.agree(node, size ?? 1) ?? size ?? 1);
      if (rows && size === null) fill(children);
      let shown = inColumns(node, children, columns);
      if (shown === 0 && children.length > 0) {
        node.style.setProperty('--lines', '1');
        shown = Math.max(1, wholeIn(node, children));
      }
      for (const child of children.slice(shown)) child.style.display = 'none';
      if (size === null && lines === TIGHT && shown > 0) loosen(node, children.slice(0, shown));
      if (even)
        node.style.setProperty('--air', `${even.agree(node, airOf(node, children.slice(0, shown)))}px`);
      // Written as small as those beside it need, few would be slabs: they keep their size.
      node.style.alignContent = beside && isSparse(node, children.slice(0, shown)) ? 'start' : '';
      fitted(shown);
    };
    const soon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const sizes = new ResizeObserver(soon);
    const children = new MutationObserver(soon);
    sizes.observe(node);
    children.observe(node, { childList: true, subtree: true, characterData: true });
    void document.fonts.ready.then(soon);
    const left = [beside, even].map((all) => all?.join(node, soon));
    measure();
    return () => {
      for (const leave of left) leave?.();
      cancelAnimationFrame(frame);
      sizes.disconnect();
      children.disconnect();
    };
  };
}

/** The largest size at which all fit; null: not even the smallest. */
function largestThatFits(
  node: HTMLElement,
  children: HTMLElement[],
  { largest, columns }: { largest: number; columns: number },
  write: (size: number) => void,
): number | null {
  const most = largest === 1 ? 0 : SIZES;
  const isWhole = (): boolean => inColumns(node, children, columns) === children.length;
  const fits = (n: number, cut = 0): boolean => {
    write(largest ** (n / SIZES));
    return isWhole() && children.filter(isCut).length <= cut;
  };
  let [low, high] = [-1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  if (low < 0 && isWhole()) {
    // Lines are cut at the smallest size, too, if only because it leaves room for more columns.
    const cut = children.filter(isCut).length;
    for (low = most; low > 0 && !fits(low, cut);) low -= 1;
  }
  return low < 0 ? null : largest ** (low / SIZES);
}

/** Lays them in as few columns as show most of them with no line cut; returns how many lie whole within. */
function inColumns(node: HTMLElement, children: HTMLElement[], most: number): number {
  if (most === 1) return wholeIn(node, children);
  let [best, legible] = [1, -1];
  for (let n = 1; n <= most && legible < children.length; n += 1) {
    node.style.setProperty('--columns', String(n));
    const clear = children.slice(0, wholeIn(node, children)).filter((child) => !isCut(child)).length;
    if (clear > legible) [best, legible] = [n, clear];
  }
  node.style.setProperty('--columns', String(best));
  return wholeIn(node, children);
}

/** Those that are shown have as many lines as there is room for: where they are few, none is cut for nothing. */
function loosen(node: HTMLElement, shown: HTMLElement[]): void {
  const write = (lines: number): void => {
    node.style.setProperty('--lines', String(lines));
  };
  let lines = Number(node.style.getPropertyValue('--lines'));
  write(lines + 1);
  while (wholeIn(node, shown) === shown.length && lines < MOST) write(++lines + 1);
  write(lines);
}

/** How many lie whole within. Offsets, not rectangles: a note on its way by FLIP is measured where it will lie. */
function wholeIn(node: HTMLElement, children: HTMLElement[]): number {
  const bottom = node.clientHeight - 3;
  const first = children.findIndex((child) => child.offsetTop + child.offsetHeight > bottom);
  return first < 0 ? children.length : first;
}

/** Whether more than half of the height is left, as they lie. */
function isSparse(node: HTMLElement, shown: HTMLElement[]): boolean {
  return shown.every((child) => child.offsetTop + child.offsetHeight < node.clientHeight / 2);
}

/** How much further apart its rows could lie; what holds nothing does not mind. */
function airOf(node: HTMLElement, shown: HTMLElement[]): number {
  const rows = new Set(shown.map((child) => child.offsetTop)).size;
  const used = Math.max(0, ...shown.map((child) => child.offsetTop + child.offsetHeight));
  return Math.max(0, Math.floor((node.clientHeight - used) / rows));
}

/** Whether a line within is cut at its end: smaller, it would be whole. */
function isCut(child: HTMLElement): boolean {
  return [...child.children].some((part) => part.scrollWidth > part.clientWidth);
}

function linesOf(node: HTMLElement): number {
  const { lineHeight } = getComputedStyle(node.firstElementChild ?? node);
  return Math.max(1, Math.floor(node.clientHeight / parseFloat(lineHeight)));
}

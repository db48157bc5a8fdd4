import type { Attachment } from 'svelte/attachments';

/** How many sizes of writing there are from the smallest to the largest. */
const SIZES = 8;
/** Lines of one child where there is room: all; and where there is not. What is cut shows that it is. */
const LOOSE = '999';
const TIGHT = '3';

interface Fit {
  /** How many times the smallest size the writing may be (`--scale`); 1: it has one size. */
  largest?: number;
  /** Lines of a child (`--lines`) when not all fit; 'all': as many as the node is high. */
  lines?: string;
}

/**
 * Writes as large as all children, in order, fit, no line cut; where they do not fit even at the smallest, shows as many as fit
 * whole, and says how many that are. Never a scrollbar.
 */
export function fit(
  fitted: (shown: number) => void,
  { largest = 1, lines = TIGHT }: Fit = {},
): Attachment<HTMLElement> {
  return (node) => {
    let frame = 0;
    const measure = (): void => {
      const children = [...node.children] as HTMLElement[];
      for (const child of children) child.style.display = '';
      node.style.alignContent = 'start';
      node.style.setProperty('--lines', LOOSE);
      const size = largestThatFits(node, children, largest);
      if (size === null) {
        node.style.setProperty('--lines', lines === 'all' ? String(linesOf(node)) : lines);
        node.style.setProperty('--scale', '1');
      }
      let shown = wholeIn(node, children);
      if (shown === 0 && children.length > 0) {
        node.style.setProperty('--lines', '1');
        shown = Math.max(1, wholeIn(node, children));
      }
      for (const child of children.slice(shown)) child.style.display = 'none';
      node.style.alignContent = '';
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
    measure();
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      children.disconnect();
    };
  };
}

/** Sets the largest size at which all fit, and says which; null: not even the smallest. */
function largestThatFits(node: HTMLElement, children: HTMLElement[], largest: number): number | null {
  let [low, high] = [-1, largest === 1 ? 0 : SIZES];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    node.style.setProperty('--scale', String(largest ** (middle / SIZES)));
    if (wholeIn(node, children) === children.length && !children.some(isCut)) low = middle;
    else high = middle - 1;
  }
  if (low < 0) return null;
  const size = largest ** (low / SIZES);
  node.style.setProperty('--scale', String(size));
  return size;
}

/** How many lie whole within. Offsets, not rectangles: a note on its way by FLIP is measured where it will lie. */
function wholeIn(node: HTMLElement, children: HTMLElement[]): number {
  const bottom = node.clientHeight - 3;
  const first = children.findIndex((child) => child.offsetTop + child.offsetHeight > bottom);
  return first < 0 ? children.length : first;
}

/** Whether a line within is cut at its end: smaller, it would be whole. */
function isCut(child: HTMLElement): boolean {
  return [...child.children].some((part) => part.scrollWidth > part.clientWidth);
}

function linesOf(node: HTMLElement): number {
  const { lineHeight } = getComputedStyle(node.firstElementChild ?? node);
  return Math.max(1, Math.floor(node.clientHeight / parseFloat(lineHeight)));
}

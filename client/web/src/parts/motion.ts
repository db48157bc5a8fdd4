import { cubicInOut, cubicOut } from 'svelte/easing';
import type { TransitionConfig } from 'svelte/transition';

const less = window.matchMedia('(prefers-reduced-motion: reduce)');

/** How things come and go: short, and not at all for those who prefer that. */
export function calm(): boolean {
  return less.matches;
}

export function lasting(ms: number): number {
  return calm() ? 0 : ms;
}

/** How one comes to another place on the page. */
export function scrolling(): 'instant' | 'smooth' {
  return calm() ? 'instant' : 'smooth';
}

type Way = (node: Element) => TransitionConfig;

/** A note of somebody else settles in. */
export const settle: Way = () => ({
  duration: lasting(200),
  easing: cubicOut,
  css: (t) => `opacity: ${t}; transform: scale(${0.96 + 0.04 * t}) translateY(${(1 - t) * -8}px)`,
});

/** A note that lay face down is turned over: all together, one just behind the other. `--back`: its back is seen. */
export function turn(place: number): TransitionConfig {
  return {
    delay: calm() ? 0 : Math.min(place, 14) * 30,
    duration: lasting(420),
    easing: cubicInOut,
    css: (t) => {
      const lift = 1 + 0.04 * Math.sin(Math.PI * t);
      const back = t < 0.5 ? 1 : 0;
      return `transform: perspective(900px) rotateY(${(1 - t) * 180}deg) scale(${lift}); --back: ${back}`;
    },
  };
}

/** A dot lands. */
export const land: Way = () => ({
  duration: lasting(160),
  easing: cubicOut,
  css: (t) => `transform: scale(${0.3 + 0.7 * t})`,
});

const EASE_OUT = 'cubic-bezier(0.2, 0.8, 0.25, 1)';
const SETTLING = { opacity: [0, 1], transform: ['scale(0.96) translateY(-8px)', 'none'] };
const TURNING = {
  transform: [180, 90, 0].map(
    (way, n) => `perspective(900px) rotateY(${way}deg) scale(${1 + 0.04 * (n % 2)})`,
  ),
  '--back': ['1', '0'],
};

/** `settle`, of a row in a long list: a transition would ask something of each row that is only scrolled into view. */
export function settleRow(row: Element): void {
  if (!calm()) row.animate(SETTLING, { duration: 200, easing: EASE_OUT });
}

/** `turn`, of such a row. */
export function turnRow(row: Element, place: number): void {
  if (calm()) return;
  const delay = Math.min(place, 14) * 30;
  const way = row.animate(TURNING, { delay, duration: 420, easing: 'ease-in-out', fill: 'backwards' });
  row.toggleAttribute('data-turning', true);
  way.onfinish = () => row.removeAttribute('data-turning');
}

const gliding = new WeakMap<HTMLElement, Animation>();

/** What lies elsewhere than it was is seen to go there. Far ways, and what is out of sight, are not worth watching. */
export function glide(were: ReadonlyMap<HTMLElement, DOMRect>): void {
  if (calm()) return;
  for (const node of were.keys()) gliding.get(node)?.cancel();
  // All is measured before anything is set going, or the page would be laid out once for each.
  const ways = [...were]
    .filter(([node]) => node.isConnected)
    .map(([node, from]) => ({ node, from, to: node.getBoundingClientRect() }))
    .filter(({ from, to }) => isSeen(from) || isSeen(to));
  for (const { node, from, to } of ways) {
    const [x, y] = [from.x - to.x, from.y - to.y];
    const far = Math.hypot(x, y);
    if (far < 1 || far > window.innerHeight) continue;
    const timing = { duration: 190, easing: EASE_OUT };
    gliding.set(node, node.animate([{ translate: `${x}px ${y}px` }, { translate: 'none' }], timing));
  }
}

function isSeen({ top, bottom, left, right }: DOMRect): boolean {
  return bottom > 0 && right > 0 && top < window.innerHeight && left < window.innerWidth;
}

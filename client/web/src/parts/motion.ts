import { cubicOut } from 'svelte/easing';
import type { TransitionConfig } from 'svelte/transition';

/** How things come and go: short, and not at all for those who prefer that. */
export function calm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export function lasting(ms: number): number {
  return calm() ? 0 : ms;
}

type Way = (node: Element) => TransitionConfig;

/** A note of somebody else settles in. */
export const settle: Way = () => ({
  duration: lasting(200),
  easing: cubicOut,
  css: (t) => `opacity: ${t}; transform: scale(${0.96 + 0.04 * t}) translateY(${(1 - t) * -8}px)`,
});

/** A note that lay face down is turned over; all together, one just behind the other. */
export function turn(place: number): TransitionConfig {
  return {
    delay: calm() ? 0 : Math.min(place, 14) * 28,
    duration: lasting(220),
    easing: cubicOut,
    css: (t) => `transform: perspective(700px) rotateY(${(1 - t) * -90}deg); opacity: ${Math.min(1, t * 2)}`,
  };
}

/** A dot lands. */
export const land: Way = () => ({
  duration: lasting(160),
  easing: cubicOut,
  css: (t) => `transform: scale(${0.3 + 0.7 * t})`,
});

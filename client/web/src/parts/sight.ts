import { scrolling } from './motion.ts';

/** Longer than the time between the two presses of a double click, in ms: what opened at the first stays put for the second. */
const AFTER_PRESS_MS = 280;

/** What one has opened comes into sight where the list's edge hid it; of what is too tall to fit, the top. */
export function comeIntoSight(node: Element | undefined): void {
  node?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: scrolling() });
}

/** Into sight once it is certain that no second press follows, and gone from the page by then it stays away. */
export function soonInSight(node: Element): () => void {
  const timer = setTimeout(() => {
    comeIntoSight(node);
  }, AFTER_PRESS_MS);
  return () => {
    clearTimeout(timer);
  };
}

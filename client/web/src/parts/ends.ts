/**
 * Whether a finger that moves by so many px would pull a rail beyond its end. Browsers take that for their own:
 * some go back to the page before, and whoever only looked for one section more is out of the workshop.
 */
export function beyond(rail: HTMLElement, dx: number, dy: number): boolean {
  const room = rail.scrollWidth - rail.clientWidth;
  if (room <= 0 || Math.abs(dx) <= Math.abs(dy)) return false;
  // From right to left it counts down from nothing.
  const left = getComputedStyle(rail).direction === 'rtl' ? room + rail.scrollLeft : rail.scrollLeft;
  return dx > 0 ? left <= 1 : left >= room - 1;
}

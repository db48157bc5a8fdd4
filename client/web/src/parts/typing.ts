/** Where one writes, the paper too, and a sheet have every key for themselves ([ALL11]). */
const APART = 'input, textarea, select, dialog, [contenteditable]:not([contenteditable="false"])';

/** A key that is pressed there is no key of the screen. */
export function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(APART) !== null;
}

/** Words are chosen: Shift and an arrow choose more of them, where nobody can write too. */
export function choosing(): boolean {
  return document.getSelection()?.isCollapsed === false;
}

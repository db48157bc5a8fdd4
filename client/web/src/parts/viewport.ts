/** Lower than this, words and notes come before everything else, CSS pixels. */
const SHORT = 560;

/**
 * Whether something is written in (`data-writing`). That the page says so costs nothing; to ask it with `:has` would have the
 * browser look at the frame of the screen again with every note that comes.
 */
function tellWriting(focused: EventTarget | null): void {
  const pen = focused instanceof Element && focused.matches('main :is(input, textarea)');
  const root = document.documentElement;
  if (root.hasAttribute('data-writing') === pen) return;
  root.toggleAttribute('data-writing', pen);
  penInSight();
}

/** What is being written in stays in sight. */
function showPen(): void {
  const pen = document.activeElement;
  if (pen?.matches('input, textarea, [contenteditable]')) pen.scrollIntoView({ block: 'nearest' });
}

/** That, once what frames it has its new place. In the next frame but one: in the first the lists measure themselves, and put back where they were. */
export function penInSight(): void {
  requestAnimationFrame(() => requestAnimationFrame(showPen));
}

/**
 * The screen is as high as what is left to see, where a phone lays its keyboard over the page (iOS). Where that is little,
 * with the keyboard up, on a phone on its side, or enlarged, the page says so (`data-short`) and what frames the notes draws in.
 */
export function followKeyboard(): () => void {
  const view = window.visualViewport;
  if (!view) return () => undefined;
  const root = document.documentElement;
  let pressed = false;
  /** After the click that a finger or a mouse is about to make: until then nothing moves beneath it. */
  const look = (): void => {
    setTimeout(() => {
      if (!pressed) tellWriting(document.activeElement);
    });
  };
  const down = (): void => {
    pressed = true;
  };
  const up = (): void => {
    pressed = false;
    look();
  };
  const measure = (): void => {
    // What goes away with the focus in it need not say that it had it; a keyboard goes then.
    tellWriting(document.activeElement);
    const short = view.scale === 1 ? view.height < SHORT : root.hasAttribute('data-short');
    if (root.toggleAttribute('data-short', short)) {
      penInSight();
    }
    const covered = window.innerHeight - view.height > 120 && view.scale === 1;
    if (covered) {
      root.style.setProperty('--view', `${view.height}px`);
      window.scrollTo(0, 0);
    } else {
      root.style.removeProperty('--view');
    }
  };
  measure();
  view.addEventListener('resize', measure);
  document.addEventListener('focusin', look);
  document.addEventListener('focusout', look);
  document.addEventListener('pointerdown', down, true);
  document.addEventListener('pointerup', up, true);
  document.addEventListener('pointercancel', up, true);
  return () => {
    view.removeEventListener('resize', measure);
    document.removeEventListener('focusin', look);
    document.removeEventListener('focusout', look);
    document.removeEventListener('pointerdown', down, true);
    document.removeEventListener('pointerup', up, true);
    document.removeEventListener('pointercancel', up, true);
    root.removeAttribute('data-writing');
    root.style.removeProperty('--view');
    root.removeAttribute('data-short');
  };
}

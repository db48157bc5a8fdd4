/** Lower than this, words and notes come before everything else, CSS pixels. */
const SHORT = 560;

/**
 * The screen is as high as what is left to see, where a phone lays its keyboard over the page (iOS). Where that is little,
 * with the keyboard up, on a phone on its side, or enlarged, the page says so (`data-short`) and what frames the notes draws in.
 */
export function followKeyboard(): () => void {
  const view = window.visualViewport;
  if (!view) return () => undefined;
  const root = document.documentElement;
  const measure = (): void => {
    if (view.scale === 1) root.toggleAttribute('data-short', view.height < SHORT);
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
  return () => {
    view.removeEventListener('resize', measure);
    root.style.removeProperty('--view');
    root.removeAttribute('data-short');
  };
}

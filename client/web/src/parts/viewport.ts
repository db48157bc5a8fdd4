/** Where a phone lays its keyboard over the page (iOS), the screen becomes as high as what is left to see. */
export function followKeyboard(): () => void {
  const view = window.visualViewport;
  if (!view) return () => undefined;
  const measure = (): void => {
    const covered = window.innerHeight - view.height > 120 && view.scale === 1;
    const root = document.documentElement.style;
    if (covered) {
      root.setProperty('--view', `${view.height}px`);
      window.scrollTo(0, 0);
    } else {
      root.removeProperty('--view');
    }
  };
  view.addEventListener('resize', measure);
  return () => {
    view.removeEventListener('resize', measure);
    document.documentElement.style.removeProperty('--view');
  };
}

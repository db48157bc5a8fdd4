/** The arrow key that goes on in the direction of reading. */
export function onward(): 'ArrowRight' | 'ArrowLeft' {
  return document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
}

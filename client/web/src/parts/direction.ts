const RUNS_LEFT =
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Where a text begins, by its first letter, for what stands beside it: a browser tells it of the text alone. */
export function reading(text: string): 'rtl' | 'ltr' {
  return RUNS_LEFT.test(text) ? 'rtl' : 'ltr';
}

/** The arrow key that goes on in the direction of reading. */
export function onward(): 'ArrowRight' | 'ArrowLeft' {
  return document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
}

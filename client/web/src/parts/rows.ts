/** So many in so many rows, from the top: as equal as can be. */
export function rowsOf(count: number, rows: number): number[] {
  const least = Math.floor(count / rows);
  return Array.from({ length: rows }, (_, row) => least + (row < count % rows ? 1 : 0));
}

/** What wraps into rows lies as many in each as it has room for. */
export function fill(children: readonly HTMLElement[]): void {
  for (const child of children) child.style.flexBasis = '';
}

/** What wraps into rows lies in as many, which are equal, or shorter by one: none alone beneath several. */
export function level(node: HTMLElement, children: readonly HTMLElement[]): void {
  fill(children);
  const tops = new Set(children.map((child) => child.offsetTop));
  if (tops.size < 2) return;
  const gap = getComputedStyle(node).columnGap;
  const bases = rowsOf(children.length, tops.size).flatMap((across) =>
    // A hair less than its share, so that no rounding puts one of them into the next row.
    Array.from({ length: across }, () => `calc((100% - ${across - 1} * ${gap}) / ${across} - 1px)`),
  );
  children.forEach((child, place) => (child.style.flexBasis = bases[place] ?? ''));
}

import type { Attachment } from 'svelte/attachments';

/** Shows as many children, in order, as fit whole into the node, and says how many that are. Never a scrollbar. */
export function fit(fitted: (shown: number) => void): Attachment<HTMLElement> {
  return (node) => {
    let frame = 0;
    const measure = (): void => {
      let shown = 0;
      let full = false;
      // Offsets, not rectangles: a note on its way by FLIP is measured where it will lie.
      for (const child of node.children as HTMLCollectionOf<HTMLElement>) {
        full ||= child.offsetTop + child.offsetHeight > node.clientHeight - 3;
        child.style.visibility = full ? 'hidden' : '';
        if (!full) shown += 1;
      }
      fitted(shown);
    };
    const soon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const sizes = new ResizeObserver(soon);
    const children = new MutationObserver(soon);
    sizes.observe(node);
    children.observe(node, { childList: true, subtree: true, characterData: true });
    measure();
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      children.disconnect();
    };
  };
}

import type { Attachment } from 'svelte/attachments';

/** Text of a scene is this many units high: by it a unit is known in pixels. */
const TEXT = 1.56;

/** Says how wide and high a node is, in the screen's own unit, now and whenever that changes. */
export function unitOf(measured: (width: number, height: number) => void): Attachment<HTMLElement> {
  return (node) => {
    const sizes = new ResizeObserver(() => {
      const unit = parseFloat(getComputedStyle(node).fontSize) / TEXT;
      measured(node.clientWidth / unit, node.clientHeight / unit);
    });
    sizes.observe(node);
    return () => {
      sizes.disconnect();
    };
  };
}

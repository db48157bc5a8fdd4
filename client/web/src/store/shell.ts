/** Lets the app open without a network, where the browser can. A page in somebody's hands is never loaded anew. */

import { at } from './place.ts';

export function keepShell(): void {
  // A development server has no worker; and plain http, but on this very machine, may have none.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const keep = (): void => {
    void navigator.serviceWorker.register(at('sw.js'), { scope: at('') }).catch(() => undefined);
  };
  if (document.readyState === 'complete') keep();
  else window.addEventListener('load', keep, { once: true });
}

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

/** So long is waited for the newest files; then the page is loaded anew with what there is. */
const RENEW_MS = 8_000;

/**
 * Load the page anew, as the newest version where that can be had: a worker may still keep the one before. Only where
 * somebody asked for it, so that whatever comes, no page goes round in circles.
 */
export async function renew(
  workers: ServiceWorkerContainer | undefined = (navigator as { serviceWorker?: ServiceWorkerContainer })
    .serviceWorker,
  reload: () => void = () => {
    location.reload();
  },
): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, RENEW_MS));
  await Promise.race([newest(workers).catch(() => undefined), late]);
  reload();
}

async function newest(workers: ServiceWorkerContainer | undefined): Promise<void> {
  const registration = await workers?.getRegistration();
  await registration?.update();
  const coming = registration?.installing ?? registration?.waiting;
  if (!coming) return;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (coming.state === 'activated' || coming.state === 'redundant') resolve();
    };
    coming.addEventListener('statechange', look);
    look();
  });
}

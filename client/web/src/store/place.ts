/** Where the app is: behind whatever host and path a proxy gives it. The page's `<base>` says it. */

/** The app's own front door; its path begins and ends with a slash. */
const ROOT = new URL('.', document.baseURI);

/** The address of a path of ours, written without a slash before it. */
export function at(path: string): string {
  return new URL(path, ROOT).href;
}

/** The part of the page's path that is ours. */
export function ownPath(path: string): string {
  return path.startsWith(ROOT.pathname) ? path.slice(ROOT.pathname.length) : path;
}

/** What people type to come here. */
export const TYPED = ROOT.host + ROOT.pathname.replace(/\/$/, '');

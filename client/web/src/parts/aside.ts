/** What this device has put aside of a workshop (messages, hints): ids, the newest last. */
const MOST = 500;
const keyOf = (workshop: string): string => `plenary.aside.${workshop}`;

export function putAside(workshop: string): string[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(keyOf(workshop)) ?? '[]');
    return Array.isArray(known) ? known.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function keepAside(workshop: string, ids: readonly string[]): void {
  try {
    localStorage.setItem(keyOf(workshop), JSON.stringify(ids.slice(-MOST)));
  } catch {
    // The device keeps nothing: after a reload it shows itself once more.
  }
}

/** Words that were typed and not sent: kept on this device until they are, so that a reload loses none. */

const PREFIX = 'plenary.draft.';
const memory = new Map<string, string>();

export interface Draft {
  get(): string;
  set(text: string): void;
}

export function draft(name: string): Draft {
  const key = PREFIX + name;
  return {
    get() {
      try {
        return localStorage.getItem(key) ?? memory.get(key) ?? '';
      } catch {
        return memory.get(key) ?? '';
      }
    },
    set(text) {
      memory.set(key, text);
      try {
        if (text) localStorage.setItem(key, text);
        else localStorage.removeItem(key);
      } catch {
        // The device keeps nothing; the page does.
      }
    },
  };
}

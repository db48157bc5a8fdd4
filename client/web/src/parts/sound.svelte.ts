import type { Room } from './room.svelte.ts';

/** Whether this device sounds when the time is up: as chosen on it, or else where one sound serves ([TIME6]). */

const KEY = 'plenary.sound';

class Sound {
  private chosen = $state<string | null>(kept());

  on(room: Room): boolean {
    if (this.chosen !== null) return this.chosen === 'on';
    return room.live.pass.role !== 'participant' || room.live.me?.place === 'remote';
  }

  set(on: boolean): void {
    this.chosen = on ? 'on' : 'off';
    try {
      localStorage.setItem(KEY, this.chosen);
    } catch {
      // Nothing is kept in a private window; it holds until the page goes.
    }
  }
}

export const sound = new Sound();

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

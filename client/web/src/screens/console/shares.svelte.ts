import type { Room } from '../../parts/room.svelte';
import type { Shares } from '../../protocol/types';
import { getShares } from '../../store/api';

/** How often it is asked while somebody looks. */
const EVERY_MS = 5_000;

/** Who gives how much, as the server tells facilitators; null: not known ([SHARE1]). */
export class Known {
  now = $state.raw<Shares | null>(null);

  constructor(private readonly room: Room) {}

  /** Ask again and again, until it is called off. */
  follow(): () => void {
    let wait: ReturnType<typeof setTimeout>;
    let off = false;
    const ask = async (): Promise<void> => {
      if (!document.hidden) {
        const told = await getShares(this.room.live.pass).catch(() => null);
        if (off) return;
        this.now = told;
      }
      wait = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      off = true;
      clearTimeout(wait);
    };
  }
}

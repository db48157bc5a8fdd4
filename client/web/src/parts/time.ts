import { t } from '../words/index.ts';

/** 12:04, or 1:02:03; and from half a minute over: +1 min, +2 min… Nobody is shouted at. */
export function timeLeft(left: number, seconds = true): string {
  if (left < 0) {
    const over = Math.round(-left / 60_000);
    return over === 0 ? '0:00' : t('bar.over', { n: over });
  }
  const all = Math.ceil(left / 1_000);
  const hours = Math.floor(all / 3_600);
  const minutes = Math.floor((all % 3_600) / 60);
  if (!seconds && all > 120) return t('time.minutes', { n: Math.ceil(all / 60) });
  const two = (n: number): string => String(n).padStart(2, '0');
  const rest = two(all % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

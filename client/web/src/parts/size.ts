import { number } from '../words/index.ts';

/** So many bytes as people say it: 12 kB, 3.4 MB. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${number(Math.ceil(bytes / 1_000))} kB`
    : `${number(Math.round(bytes / 100_000) / 10)} MB`;
}

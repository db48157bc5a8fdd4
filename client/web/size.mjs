// What a browser loads for the first screen: the page, its scripts and styles (gzip), and the fonts that
// those styles name for upright Latin text (as they are: woff2 is compressed already). Fails above the budget.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 150_000;
const ROOT = resolve(import.meta.dirname, '../../server/web/static');

const linked = (html) =>
  [...html.matchAll(/<(?:script|link)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.startsWith('<script') || /rel="(stylesheet|modulepreload|preload)"/.test(tag))
    .map((tag) => /(?:src|href)="\.\/([^"?#]+)"/.exec(tag)?.[1])
    .filter((name) => name !== undefined);

/** Whether an `@font-face` block is the one a browser needs for the letter A. */
const isLatin = (face) => {
  const ranges = /unicode-range:([^;}]+)/i.exec(face)?.[1];
  if (ranges === undefined) return true;
  return ranges.split(',').some((range) => {
    const [first, last = first] = range.trim().slice(2).split('-');
    return (
      parseInt(first.replaceAll('?', '0'), 16) <= 0x41 && parseInt(last.replaceAll('?', 'f'), 16) >= 0x41
    );
  });
};

const fonts = (css, from) =>
  [...css.matchAll(/@font-face\s*\{[^}]*\}/g)]
    .map(([face]) => face)
    .filter((face) => isLatin(face) && !/font-style:\s*italic/.test(face))
    .map((face) => /url\(["']?([^"')]+\.woff2)/.exec(face)?.[1])
    .filter((url) => url !== undefined)
    .map((url) => (url.startsWith('/') ? join(ROOT, url) : join(dirname(from), url)));

const imported = (js, from) =>
  [...js.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)].map(([, name]) =>
    join(dirname(from), name),
  );

const seen = new Map();
const queue = [join(ROOT, 'index.html')];
for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
  if (seen.has(file) || !existsSync(file)) continue;
  const bytes = readFileSync(file);
  seen.set(file, file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length);
  const text = () => bytes.toString('utf8');
  if (file.endsWith('.html')) queue.push(...linked(text()).map((name) => join(ROOT, name)));
  if (file.endsWith('.css')) queue.push(...fonts(text(), file));
  if (file.endsWith('.js')) queue.push(...imported(text(), file));
}

const row = (size, name) => console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${name}`);
let total = 0;
for (const [file, size] of seen) {
  row(size, relative(ROOT, file));
  total += size;
}
row(total, `loaded for the first screen; the budget is ${BUDGET / 1000} kB`);
if (total > BUDGET) process.exitCode = 1;

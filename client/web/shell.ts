/** Makes `sw.js`, the service worker, with the list of what this build needs to open without a network. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Plugin } from 'vite';

const WORKER = resolve(import.meta.dirname, 'worker.js');
const PUBLIC = ['icon.svg', 'manifest.webmanifest'];

/** Scripts and styles, and of the fonts those for upright Latin text. */
const isNeeded = (name: string): boolean =>
  /\.(js|css)$/.test(name) || /latin-wght-normal.*\.woff2$/.test(name);

export function shell(): Plugin {
  return {
    name: 'plenary-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = [...Object.keys(bundle).filter(isNeeded), ...PUBLIC].sort();
      const page = bundle['index.html'];
      const html = page?.type === 'asset' ? String(page.source) : '';
      const version = createHash('sha256')
        .update(JSON.stringify([files, html]))
        .digest('hex')
        .slice(0, 16);
      const source = readFileSync(WORKER, 'utf8')
        .replace("'VERSION'", JSON.stringify(version))
        .replace("['FILES']", JSON.stringify(files));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

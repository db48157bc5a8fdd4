import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

import { eager } from './eager.ts';
import { shell } from './shell.ts';

const server = 'localhost:8000';

export default defineConfig({
  // Behind any path: the page's <base> says which.
  base: './',
  plugins: [svelte(), svelteTesting(), eager(), shell()],
  build: {
    outDir: '../../server/web/static',
    emptyOutDir: true,
    target: 'es2022',
    // Small files inlined as data: would need a laxer content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/api': `http://${server}`,
      '/ws': { target: `ws://${server}`, ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    passWithNoTests: true,
  },
});

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The oldest runtime that Lockstep starts on (see docs/decisions); electron-vite would otherwise derive newer ones.
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: node,
      // The fallback runtime cannot `require` an ESM-only package, and one bundled file starts sooner than many.
      externalizeDeps: { exclude: ['zod', '@noble/hashes'], include: ['keytar'] },
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          'job-worker': resolve('src/main/jobs/job-worker.ts'),
          'pglite-worker': resolve('src/adapters/pglite/pglite-worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: node,
      externalizeDeps: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    plugins: [react()],
    build: {
      target: chrome,
      minify: true,
      // Small fonts would become data: addresses, which the page's policy refuses.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
});

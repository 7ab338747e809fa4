import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// Packages that load files of their own (WebAssembly, data) stay outside the bundle.
const external = ['@electric-sql/pglite', 'libpg-query', 'pg', 'pg-native'];

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/cli',
    emptyOutDir: true,
    rollupOptions: {
      input: {
        main: resolve('src/cli/main.ts'),
        'pglite-worker': resolve('src/adapters/pglite/pglite-worker.ts'),
        'make-images': resolve('src/adapters/pglite/make-images.ts'),
      },
      output: { format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
  ssr: { noExternal: true, external, target: 'node' },
});

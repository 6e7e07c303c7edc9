import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precache } from './precache';

export default defineConfig({
  plugins: [react(), precache()],
  resolve: { alias: { '@rjsf/validator-ajv8': new URL('src/forms/render/noAjv.ts', import.meta.url).pathname } },
  build: { rolldownOptions: { input: ['index.html', 'handheld.html', 'public.html'] }, outDir: '../gridwarden/web/static', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
});

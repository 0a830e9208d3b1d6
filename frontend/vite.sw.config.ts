import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const out = process.env['ISLANDS_OUT'] ?? '../target/classes/static/islands';
// what forms need without a connection; pictures of processes do not
const files = readdirSync(out).filter((name) => /\.(js|css)$/.test(name) && !/bpmn|^sw\.js$/.test(name)).sort();
const hash = createHash('sha256');
for (const name of files) hash.update(name).update(readFileSync(join(out, name)));

/** The service worker: one file without imports, built after the files it keeps. */
export default defineConfig({
  define: {
    __SHELL__: JSON.stringify([...files.map((name) => `/islands/${name}`), '/islands/icon.svg']),
    __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 12)),
  },
  publicDir: false,
  build: {
    outDir: out,
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: { input: { sw: 'src/offline/sw.ts' }, output: { format: 'iife', entryFileNames: '[name].js' } },
  },
});

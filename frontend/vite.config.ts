import { defineConfig, type Plugin } from 'vite';

/** form-js has one text outside of its translate service: the placeholder of the searchable select. */
const searchPlaceholder: Plugin = {
  name: 'search-placeholder',
  transform(code, id) {
    if (!id.includes('form-js-viewer/dist/index.es.js')) return null;
    const localised = "placeholder: document.documentElement.lang.startsWith('zh') ? '\u641c\u7d22' : 'Search'";
    if (!code.includes("placeholder: 'Search'")) throw new Error('form-js changed: search placeholder not found');
    return { code: code.replaceAll("placeholder: 'Search'", localised), map: null };
  },
};

/** htmx.config.allowEval is off; the function behind it goes as well. */
const noEval: Plugin = {
  name: 'no-eval',
  transform(code, id) {
    if (!id.includes('htmx.org/dist/htmx.esm.js')) return null;
    if (!code.includes('return eval(str)')) throw new Error('htmx changed: eval not found');
    return { code: code.replace('return eval(str)', "throw new Error('eval is off')"), map: null };
  },
};

export default defineConfig({
  plugins: [searchPlaceholder, noEval],
  base: '/islands/',
  publicDir: false,
  build: {
    outDir: process.env['ISLANDS_OUT'] ?? '../target/classes/static/islands',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      input: { app: 'src/app.ts' },
      output: {
        // fixed names for what pages link, content hashes for everything loaded by it
        entryFileNames: '[name].js',
        chunkFileNames: 'chunk-[name]-[hash].js',
        assetFileNames: (asset) => (asset.names.includes('app.css') ? 'app.css' : 'chunk-[name]-[hash][extname]'),
      },
    },
  },
});

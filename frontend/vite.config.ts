import { defineConfig, type Plugin } from 'vite';

/** form-js has a few texts outside of its translate service: placeholders of selects, dates and times. */
const strayTexts: Record<string, [string, string]> = {
  "placeholder: 'Search'": ["placeholder: ", "'\u641c\u7d22' : 'Search'"],
  "valueLabel || 'Select'": ["valueLabel || ", "'\u8bf7\u9009\u62e9' : 'Select'"],
  "placeholder: use24h ? 'hh:mm' : 'hh:mm --'": ["placeholder: ", "'\u65f6:\u5206' : 'hh:mm'"],
  'placeholder: getLocaleReadableDateFormat()': ["placeholder: ", "'\u5e74/\u6708/\u65e5' : getLocaleReadableDateFormat()"],
};
const removeItem = '`Remove list item ${itemIndex + 1}`';
const strayTextsOfFormJs: Plugin = {
  name: 'stray-texts-of-form-js',
  transform(code, id) {
    if (!id.includes('form-js-viewer/dist/index.es.js')) return null;
    for (const [found, [before, choice]] of Object.entries(strayTexts)) {
      if (!code.includes(found)) throw new Error(`form-js changed: ${found} not found`);
      code = code.replaceAll(found, `${before}(document.documentElement.lang.startsWith('zh') ? ${choice})`);
    }
    if (!code.includes(removeItem)) throw new Error('form-js changed: Remove list item not found');
    code = code.replaceAll(removeItem, "(document.documentElement.lang.startsWith('zh') ? `\u5220\u9664\u7b2c ${itemIndex + 1} \u9879` : `Remove item ${itemIndex + 1}`)");
    return { code, map: null };
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
  plugins: [strayTextsOfFormJs, noEval],
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

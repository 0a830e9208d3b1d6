// Bundles the unit tests for Node and runs them with its own test runner.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { build } from 'vite';

const out = 'node_modules/.tests';
const names = readdirSync('test').filter((name) => name.endsWith('.test.ts'));
await build({
  configFile: false,
  logLevel: 'warn',
  build: { ssr: true, outDir: out, emptyOutDir: true, target: 'node20', rollupOptions: { input: names.map((name) => `test/${name}`) } },
});
execFileSync(process.execPath, ['--test', ...readdirSync(out).filter((name) => /\.m?js$/.test(name)).map((name) => `${out}/${name}`)], { stdio: 'inherit' });

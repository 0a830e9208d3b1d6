// Installs the locked editors and bundles them for the test of the models: prepare.mjs OUT-FOLDER. Does nothing when nothing changed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest, read } from '../tools/stamp.mjs';

const out = resolve(process.argv[2] ?? '../../target/modeler');
process.chdir(dirname(fileURLToPath(import.meta.url)));

const installed = 'node_modules/.installed';
const lock = digest(['package-lock.json', '.npmrc']);
if (read(installed) !== lock) {
  execFileSync('npm', ['ci', '--prefer-offline', '--silent'], { stdio: ['ignore', 2, 'inherit'] });
  writeFileSync(installed, lock);
}
const built = `${out}/.built`;
const now = digest(['package-lock.json', 'prepare.mjs', 'editors.js']);
if (read(built) !== now) {
  mkdirSync(out, { recursive: true });
  const { build } = await import('esbuild');
  await build({
    entryPoints: ['editors.js'],
    outdir: out,
    bundle: true,
    format: 'iife',
    minify: true,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.eot': 'empty', '.ttf': 'empty', '.woff': 'empty', '.woff2': 'empty', '.svg': 'dataurl' },
  });
  writeFileSync(built, now);
}

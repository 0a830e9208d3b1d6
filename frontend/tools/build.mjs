// Checks the types and bundles, unless the result of exactly these sources is already there.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { digest, read } from './stamp.mjs';

const out = process.env.ISLANDS_OUT ?? '../target/classes/static/islands';
const stamp = `${out}/.built`;
const now = digest(['src', 'tools', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'vite.sw.config.ts']);
if (read(stamp) !== now) {
  const run = (script, ...args) => execFileSync(process.execPath, [script, ...args], { stdio: ['ignore', 2, 'inherit'] });
  run('node_modules/typescript/bin/tsc', '--noEmit');
  run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
  run('node_modules/vite/bin/vite.js', 'build', '--config', 'vite.sw.config.ts', '--logLevel', 'warn');
  writeFileSync(stamp, now);
}

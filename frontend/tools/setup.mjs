// Installs the locked packages unless this very lock file is already installed.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { digest, read } from './stamp.mjs';

const stamp = 'node_modules/.installed';
const now = digest(['package-lock.json', '.npmrc']);
if (read(stamp) !== now) {
  execFileSync('npm', ['ci', '--prefer-offline', '--silent'], { stdio: 'inherit' });
  writeFileSync(stamp, now);
}

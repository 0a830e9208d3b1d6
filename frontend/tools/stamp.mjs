// Digest of files, to skip work when nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const files = (path) =>
  statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => files(join(path, name))) : [path];

export function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.filter((path) => existsSync(path)).flatMap(files)) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

export const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

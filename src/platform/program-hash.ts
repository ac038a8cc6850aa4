import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFolder } from './package-folder.ts';

/** What `npm run build` joins the program and the pages of its reports into, below the package. */
const joined = ['dist/program', 'dist/pages'] as const;

/**
 * SHA-256 of the program as it is installed, in hex: every file of it, its package.json, and those of the packages that it names. It is
 * another one with any line of code that was changed, and with any version of a package. Null for a program that is not joined, as
 * it runs from source: nobody knows then which lines are loaded.
 */
export function programHash(): string | null {
  const root = packageFolder();
  if (import.meta.url.endsWith('.ts') || !joined.every((folder) => existsSync(join(root, folder)))) return null;
  const hash = createHash('sha256');
  for (const folder of joined)
    for (const name of readdirSync(join(root, folder)).sort()) {
      hash.update(`${folder}/${name}\n`);
      hash.update(readFileSync(join(root, folder, name)));
    }
  const own = readFileSync(join(root, 'package.json'), 'utf8');
  hash.update(own);
  for (const name of packagesNamed(own)) {
    const about = packageFile(root, name);
    hash.update(`${name}\n`);
    if (about !== null) hash.update(readFileSync(about));
  }
  return hash.digest('hex');
}

/** Names as package.json lists them, whatever else they stand for: a word too many is looked for in vain. */
function packagesNamed(text: string): readonly string[] {
  return [...text.matchAll(/"((?:@[\w.-]+\/)?[\w.-]+)": "(?:[~^\d]|npm:)/g)].map(([, name = '']) => name).sort();
}

/** Where a package lies: beside this one or in a folder above it, as Node looks for it. */
function packageFile(root: string, name: string): string | null {
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../architecture/planted.ts';

/** The one example of README in a language. */
export function exampleOf(language: 'js' | 'html'): string {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const found = [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text);
  if (found.length !== 1) throw new Error(`README has ${found.length} examples in ${language}`);
  return found[0];
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOfLine } from '../../src/platform/cli/testing/words-of-line.ts';
import { repository } from '../architecture/planted.ts';

/** The one example of README in a language. */
export function exampleOf(language: 'js' | 'html'): string {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const found = [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text);
  if (found.length !== 1) throw new Error(`README has ${found.length} examples in ${language}`);
  return found[0];
}

/** Every line of README that types `npx kaya`, as the words after it. */
export function npxLines(): readonly (readonly string[])[] {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```\n(.*?)^```$/gms)].map(([, text]) => text ?? '');
  const inText = [...readme.matchAll(/`(npx kaya [^`]+)`/g)].map(([, text]) => text ?? '');
  return [...blocks.flatMap((text) => text.split('\n')), ...inText.filter((line) => /^[\x20-\x7e]+$/.test(line))]
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line.startsWith('npx kaya '))
    .map((line) => wordsOfLine(line.slice('npx kaya '.length)));
}

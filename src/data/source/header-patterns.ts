import { at } from '../../error/at.ts';

/**
 * The names that a pattern stands for: {a,b} is either, {,a} is a or nothing, a comma inside a brace parts them. A text without
 * braces is itself.
 */
export function writtenOut(pattern: string): string[] {
  const brace = /\{([^{}]*)\}/u.exec(pattern);
  if (brace === null) return [pattern];
  const before = pattern.slice(0, brace.index);
  const behind = pattern.slice(brace.index + brace[0].length);
  return at(brace, 1)
    .split(',')
    .flatMap((one) => writtenOut(`${before}${one}${behind}`));
}

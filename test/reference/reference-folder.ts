import { existsSync } from 'node:fs';

/** Data that the team shares beside the checkout and that is not ours to pass on; tests on it are skipped where it is absent. */
export const referenceFolder = new URL('../../../shared/reference/', import.meta.url);
const generator = new URL('../../../shared/bench/gen.mjs', import.meta.url);

export const hasReference = existsSync(referenceFolder);
export const cityGenerator = existsSync(generator) ? generator : null;

/** Appended to a title, so that a skipped group says why. */
export const orSkipped = hasReference ? '' : ' (skipped: no ../shared/reference)';

export function dataFile(name: string): URL {
  return new URL(`data/${name}.csv`, referenceFolder);
}

export function expectedFile(name: string): URL {
  return new URL(`expected/${name}.json`, referenceFolder);
}

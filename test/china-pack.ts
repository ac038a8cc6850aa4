import { fileURLToPath } from 'node:url';
import type { IndicatorDefinition } from '../src/data/source/contract.ts';
import { packsFor } from '../src/platform/app/packs.ts';
import { packOf, parseRawStudy } from '../src/study/language/load-study.ts';
import { type ResolvedRawStudy, resolveRawStudy } from '../src/study/language/resolve.ts';
import { type OwnNames, type Vocabulary, vocabularyOf } from '../src/study/language/vocabulary.ts';

/** Folder of the shipped study of cities. */
export const cityStudy = new URL('../studies/ai-carbon-productivity/', import.meta.url);
/** Reference tables of the shipped pack of cities. */
export const cityReference = new URL('../packs/china-cities/reference/', import.meta.url);
/** Folders of reference tables of the shipped study, its own first. */
export const cityReferenceFolders = [new URL('reference', cityStudy), cityReference].map((url) => fileURLToPath(url));

export const shippedPacks = packsFor(fileURLToPath(cityStudy));
export const chinaPack = shippedPacks.read('china-cities');
export const chinaVocabulary: Vocabulary = vocabularyOf(chinaPack);

export const yearbookIndicators: readonly IndicatorDefinition[] = chinaPack.tables.yearbook;
export const patentIndicators: readonly IndicatorDefinition[] = chinaPack.tables.patents;

/** A study by its text; it must name its pack. */
export function studyOf(text: string, own?: OwnNames): ResolvedRawStudy {
  const spec = parseRawStudy(text, 'study.yaml', shippedPacks, own);
  return resolveRawStudy(spec, vocabularyOf(packOf(spec, shippedPacks), own));
}

import { randomStream } from '../../../../math/random/philox.ts';
import { standardise } from '../panel/latent-panel.ts';

/** What the generator knows of a city; all from the gazetteer. */
export interface CityTrait {
  readonly code: number;
  readonly nameZh: string;
  readonly provinceZh: string;
  readonly grid: string;
  readonly sizeClass: string;
  readonly agglomeration: string;
  /** Years in which the city is a prefecture-level unit; null means without end. */
  readonly sinceYear: number | null;
  readonly untilYear: number | null;
  readonly inUniverse: boolean;
  readonly inSample: boolean;
}

const classScore: Readonly<Record<string, number>> = { mega: 2.8, big: 0.8, small_medium: -0.55 };
const sizeStream = 900;

/** A score of each city's size: its class, whether it lies in an agglomeration, and chance. Standardised. */
export function sizeScores(cities: readonly CityTrait[], seed: number): Float64Array {
  const scores = Float64Array.from(cities, (city, c) => {
    const random = randomStream(seed, sizeStream, c);
    return (classScore[city.sizeClass] ?? 0) + (city.agglomeration === '' ? 0 : 0.3) + 0.6 * random.normal();
  });
  standardise(scores);
  return scores;
}

/** Whether the yearbook of that year has a row for the city. */
export function existsIn(city: CityTrait, year: number): boolean {
  return (
    (city.sinceYear === null || year >= city.sinceYear || city.inUniverse) &&
    (city.untilYear === null || year < city.untilYear)
  );
}

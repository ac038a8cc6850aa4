import { expect, test } from 'vitest';
import { auditTables } from '../../audit/audit-tables.ts';
import { readTableSet } from './read-set.ts';
import { cleanSet } from './testing/clean-set.ts';
import { faultRandom, plants } from './testing/planted.ts';

const wanted = 50;
const sets = new Map<number, string>();
const setOf = (seed: number) => {
  const text = sets.get(seed) ?? JSON.stringify(cleanSet(seed));
  sets.set(seed, text);
  return JSON.parse(text);
};
/** Only classical errors say t squared and nested columns; every fourth set has errors by unit. */
const needsClassical = (rule: string, seed: number): boolean => (rule === 'R09' || rule === 'R23') && seed % 4 === 3;

test.each(Object.entries(plants))(
  `each of ${wanted} faults of %s is found where it is`,
  (_, plant) => {
    const lost: unknown[] = [];
    let made = 0;
    for (let seed = 1; made < wanted && seed < 8 * wanted; seed++) {
      const set = setOf(seed);
      const planted = plant(set, faultRandom(seed));
      if (planted === null || needsClassical(planted.rule, seed)) continue;
      made += 1;
      const { findings } = auditTables(readTableSet(JSON.stringify(set), 'planted.json'));
      const isThere = findings.some(
        ({ rule, place }) =>
          rule === planted.rule &&
          (planted.table === null || place.table === planted.table) &&
          (planted.column === undefined || place.column === planted.column) &&
          (planted.term === undefined || place.term === planted.term),
      );
      if (!isThere) lost.push({ seed, planted, codes: findings.map(({ code }) => code) });
    }
    expect({ made, lost }).toEqual({ made: wanted, lost: [] });
  },
  900_000,
);

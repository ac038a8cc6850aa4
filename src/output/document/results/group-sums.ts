import type { GroupSums } from '../../../engine/group-sums/contract.ts';
import type { TextKey } from '../../format/text-key.ts';
import type { PhraseValue, Text } from '../../table/contract.ts';
import type { Document } from '../contract.ts';
import type { ResultsOf } from './models.ts';

/** What a file of sums holds and tells of the rows, and how it is used. @param file as it was named */
export function groupSumsDocument(sums: GroupSums, file: string, { version }: ResultsOf): Document {
  const { formula, by, nobs, least, pooled, depvar, terms, groups } = sums;
  const columns = [depvar, ...terms];
  const told = pooled === null ? groups : groups.slice(0, -1);
  const smallest = Math.min(...groups.map(({ rows }) => rows));
  const title = phrase('sums.title', { formula, by });
  // Deviations from an effect whose levels lie in the groups add up to zero in each of them.
  const hasMeans = !sums.effects.some(({ isNested }) => isNested);
  // A constant is one of the columns that are told.
  const width = columns.length + 1;
  return {
    title,
    blocks: [
      {
        kind: 'list',
        title,
        items: [
          phrase('sums.rows', { rows: nobs, groups: told.length, least }),
          ...(pooled === null ? [] : [phrase('sums.pooled', { small: pooled.groups, rows: pooled.rows, by })]),
          phrase('sums.columns', { columns: columns.join(', ') }),
        ],
      },
      { kind: 'text', text: phrase(hasMeans ? 'sums.reveals_means' : 'sums.reveals') },
      ...(smallest > width
        ? []
        : [{ kind: 'note' as const, about: phrase('sums.reveals_rows', { rows: smallest, columns: width }) }]),
      { kind: 'text', text: phrase('sums.next') },
      { kind: 'code', text: `kaya reg ${file} "${formula}" --vcov ${pooled === null ? `cluster:${by}` : 'iid'}` },
    ],
    data: { kaya: version, file, formula, by, nobs, groups: told.length, least, smallest, pooled, columns },
  };
}

function phrase(key: TextKey, values: Readonly<Record<string, PhraseValue>> = {}): Text {
  return { key, values };
}

import { z } from 'zod';
import type { CountedWord } from '../../domain/contract.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { countedWordsTable } from '../../output/table/counted-words-table.ts';
import { faultAt } from '../language/faults.ts';
import type { TableHead, TableKind } from './contract.ts';
import { tableKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('words').describe('Words that rows of raw tables were counted by.'),
    ...tableKeys,
    across: z.int().min(1).max(5).default(1).describe('Words beside each other in a row.'),
  })
  .describe(
    'The words by which rows of raw tables were found, such as the keywords of firms, with how many each finds.',
  );

type WordsSpec = z.output<typeof schema>;
type WordsTable = Omit<WordsSpec, keyof TableHead> & TableHead;

/** What the raw tables were searched for: words in rows. */
export const countedWords = {
  kind: 'words',
  part: 'data',
  schema,
  example: { kind: 'words', id: 'keywords', title: 'Keywords' },
  resolve: (spec, head) => ({ ...spec, ...head }),
  check: (_, path, { isCounting = false }) =>
    isCounting ? [] : [faultAt([...path, 'kind'], said('fault.counts_no_words'))],
  coefficientModels: () => [],
  isOfRaw: true,
  variables: () => [],
  make: ({ id }, { counted = null }) => {
    if (counted !== null) return counted;
    const detail = { value: 'words', expected: said('expected.counted_series'), suggestion: null };
    throw new StudyError('bad-option', { option: `tables.${id}.kind`, ...detail });
  },
  columns: () => [],
  models: () => [],
  compare: () => null,
  document: ({ id, number, title, notes, across }, rows, { isSynthetic }) => [
    { kind: 'table', table: countedWordsTable({ id, number, title, rows, across, notes, isSynthetic }) },
  ],
  results: (words) => ({ columns: [], words }),
} as const satisfies TableKind<WordsSpec, WordsTable, readonly CountedWord[]>;

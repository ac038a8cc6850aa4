import { z } from 'zod';
import { StudyError } from '../../error/study-error.ts';
import { coefficientPlot } from '../../output/figure/coefficient-plot.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { termPointerFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';
import { termsOfColumns } from './variants.ts';

const schema = z
  .strictObject({
    kind: z.literal('coefficients').describe('One coefficient over the columns of a table, with 95 % intervals.'),
    ...figureKeys,
    table: z.string().describe('A regression table.'),
    term: z.string().describe('A term of that table.'),
  })
  .describe('Coefficient plot.');

/** One coefficient over the columns of a table, under each covariance. */
export const coefficients = {
  kind: 'coefficients',
  isWithoutRows: true,
  schema,
  example: { kind: 'coefficients', id: 'plot', title: 'Coefficient of x', table: 'models', term: 'x' },
  check: termPointerFaults,
  tables: ({ table }) => [table],
  make: ({ id, title, table, term }, { tables, study, number, isSynthetic }) => {
    const made = tables.find((one) => one.id === table);
    if (made === undefined) throw new StudyError('internal', { reason: `figure ${id} before its table ${table}` });
    const terms = termsOfColumns(made.columns, term);
    return coefficientPlot({
      id,
      number,
      title,
      term,
      termLabel: labelOf(study, term),
      ...(made.columns.some(({ variants }) => variants.length > 0)
        ? { categoryAxis: { key: 'variants.variant' } as const }
        : {}),
      columns: made.columns.map(({ sample, results, variants }, i) => ({
        label: sample.label ?? (variants.length > 0 ? { key: 'variants.baseline' } : `(${i + 1})`),
        models: results,
        term: terms[i],
      })),
      names: study.labels,
      notes: [],
      isSynthetic,
    });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;

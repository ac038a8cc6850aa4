import { at } from '../../../error/at.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import type { ThresholdResult } from '../../../model/result/threshold.ts';
import type { Block, TableBlock } from '../../../output/document/contract.ts';
import { readLayout } from '../../../output/layout/read.ts';
import type { LayoutWords } from '../../../output/layout/schema.ts';
import type { Label, Text } from '../../../output/table/contract.ts';
import { inferenceTable } from '../../../output/table/inference-table.ts';
import { regressionTable } from '../../../output/table/regression/regression-table.ts';
import { termsInOrder } from '../../../output/table/term-order.ts';
import { staircaseTerms } from '../../../output/table/threshold-published.ts';
import type { EstimatedColumn } from '../../estimated.ts';
import { comparedNotes, foldedAfterFit } from '../after-fit.ts';
import type { ExhibitContext, TableBlocks, TableHead } from '../contract.ts';
import { labelOf } from '../labels.ts';
import { levelNames } from '../level-names.ts';
import { instrumentTests } from './first-stages.ts';
import { foldedNotes, printedNotes } from './notes.ts';

/** What a regression table obtained. */
export interface Regression {
  readonly statistic: 't' | 'se';
  readonly r2: keyof ModelResult['r2'];
  readonly columns: readonly EstimatedColumn[];
}

type Study = ExhibitContext['study'];

/** The table under the first covariance; under all of them folded below it where there are several. */
export function regressionBlocks(
  table: TableHead & {
    readonly terms: readonly string[];
    readonly first_stages: boolean;
    readonly layout: LayoutWords;
  },
  { columns, statistic, r2 }: Regression,
  { study: written, panel, isSynthetic }: ExhibitContext,
): TableBlocks {
  const layout = readLayout(table.layout);
  const nameOf = levelNames(panel);
  const study = layout.hasLabels ? written : { ...written, labels: {} };
  const labelled = columns.map((column, i) => ({ label: `(${i + 1})`, column }));
  const searches = columns.flatMap(({ threshold }) => threshold ?? []);
  const listed = table.terms.map((term) => ({ term, label: labelOf(study, term) }));
  const terms =
    searches.length === 0
      ? [...listed, ...otherTerms(columns, table.terms, study)]
      : staircase(searches, study, listed);
  const outcomes = new Set(columns.map(({ results }) => results[0].depvar));
  const common = { id: table.id, number: table.number, title: table.title, terms, names: study.labels, isSynthetic };
  const printed = regressionTable({
    ...common,
    columns: labelled.map(({ label, column: { results } }) => ({ label, model: results[0], others: results.slice(1) })),
    r2,
    statistic,
    fixedEffects: effectsOf(columns, study).map((effect) => ({ effect, label: labelOf(study, effect) })),
    ...(outcomes.size === 1 ? { outcome: labelOf(study, at([...outcomes], 0)) } : {}),
    ...samplesOf(columns),
    families: columns.flatMap(({ families }) => families.slice(0, 1)),
    ...(table.first_stages ? { tests: instrumentTests(columns) } : {}),
    notes: [
      ...table.notes,
      ...assumptionNotes(columns),
      ...comparedNotes(columns, study.labels),
      ...printedNotes(columns, nameOf, study.labels),
    ],
    layout,
  });
  const hasMore = columns.some(({ results }) => results.length > 1);
  const other = inferenceTable({
    ...common,
    columns: labelled.map(({ label, column }) => ({ label, models: column.results })),
    notes: foldedNotes(columns, nameOf, study.labels),
  });
  const folded: Block = {
    kind: 'fold',
    heading: { key: 'report.other_errors' },
    blocks: [{ kind: 'table', table: other }],
  };
  const block: TableBlock = { kind: 'table', table: printed, asked: layout, house: layout.house };
  return [block, ...(hasMore ? [folded] : []), ...foldedAfterFit(columns, study.labels, nameOf)];
}

/** The terms of the models that a table does not list, in the order of the models, as the study prints them. */
function otherTerms(
  columns: readonly EstimatedColumn[],
  listed: readonly string[],
  study: Study,
): { term: string; label: Label }[] {
  const all = columns.flatMap(({ results: [first] }) => [...first.coef.map(({ term }) => term), ...first.collinear]);
  return termsInOrder(all)
    .filter((term) => !listed.includes(term) && term !== '(Intercept)')
    .map((term) => ({ term, label: labelOf(study, term) }));
}

/** Controls as they come in the formula, then the regimes of each column one below the other. */
function staircase(
  searches: readonly ThresholdResult[],
  study: Study,
  listed: readonly { term: string; label: Label }[],
) {
  const regimes = new Set(staircaseTerms(searches, []).map(({ term }) => term));
  const own = searches.flatMap(({ model }) => model.coef.map(({ term }) => term));
  const controls = [...new Set(own)].filter((term) => !regimes.has(term) && term !== '(Intercept)');
  const rest = controls.filter((term) => listed.every((one) => one.term !== term));
  const all = [...listed, ...rest.map((term) => ({ term, label: labelOf(study, term) }))];
  return staircaseTerms(searches, all, (variable) => labelOf(study, variable));
}

/** Fixed effects of any column: the time effect first, as the printed tables have it, then the unit, then the others. */
function effectsOf(columns: readonly EstimatedColumn[], study: Study): string[] {
  const names = [...new Set(columns.flatMap(({ results }) => Object.keys(results[0].fixef)))];
  const rank = (name: string): number => (name === study.panel.time ? 0 : name === study.panel.unit ? 1 : 2);
  return names.sort((a, b) => rank(a) - rank(b));
}

/** Marks a part of the sample that the study assumes. */
const assumptionMark = '†';

/** The row that names the part of the sample of each column, when any column has a part of its own. */
function samplesOf(columns: readonly EstimatedColumn[]): { samples?: readonly Text[]; samplesLabel?: Text } {
  if (columns.every(({ sample }) => sample.label === null)) return {};
  const hasVariants = columns.some(({ variants }) => variants.length > 0);
  return {
    ...(hasVariants ? { samplesLabel: { key: 'row.variant' } } : {}),
    samples: columns.map(({ sample: { label, assumption }, variants }): Text => {
      if (label === null) return { key: variants.length > 0 ? 'variants.baseline' : 'sample.all' };
      return assumption ? { en: `${label.en} ${assumptionMark}`, zh: `${label.zh}${assumptionMark}` } : label;
    }),
  };
}

function assumptionNotes(columns: readonly EstimatedColumn[]): Text[] {
  return columns.some(({ sample }) => sample.assumption) ? [{ key: 'note.assumed_samples' }] : [];
}

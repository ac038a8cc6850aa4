import { at } from '../../error/at.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import type { Block } from '../../output/document/contract.ts';
import { asWritten, type LevelName } from '../../output/table/after-fit-parts.ts';
import { afterFitTables } from '../../output/table/after-fit-tables.ts';
import { calledTable } from '../../output/table/called-table.ts';
import { changesTables } from '../../output/table/changes-table.ts';
import type { TableModel, Text } from '../../output/table/contract.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import { differencesSummary, differencesTables } from '../../output/table/differences-tables.ts';
import { ivTables } from '../../output/table/iv-block.ts';
import type { NameOf } from '../../output/table/regime-name.ts';
import { sensitivityTable } from '../../output/table/threshold-sensitivity-table.ts';
import { shapeTables } from '../../output/table/threshold-shape-table.ts';
import { equalSlopesTable, type ThresholdTableOptions, thresholdTables } from '../../output/table/threshold-tables.ts';
import { variantsTable } from '../../output/table/variants-table.ts';
import type { EstimatedColumn } from '../estimated.ts';
import type { Bilingual } from '../language/bilingual.ts';
import { labelOf } from './labels.ts';

/**
 * All that the models give beside the columns of a table, as tables folded below it: what was asked for after the fits and the tests of
 * instruments under every covariance, and the searches of threshold models, their variables as the study labels them.
 */
export function foldedAfterFit(
  columns: readonly EstimatedColumn[],
  labels: Readonly<Record<string, Bilingual>> = {},
  levelName: LevelName = asWritten,
): readonly Block[] {
  const count = Math.max(0, ...columns.map(({ results }) => results.length));
  const searches = columns.filter(({ threshold }) => threshold !== null);
  const nameOf: NameOf = (variable) => labelOf({ labels }, variable);
  return [
    ...Array.from({ length: count }, (_, k) => afterFold(columns, k, { isNamed: count > 1, labels, levelName })).flat(),
    ...searches.flatMap((column) => searchFold(column, nameOf, searches.length > 1)),
  ];
}

/** What comes after the fits under the covariance at a place; its name in the headings where there are several. */
function afterFold(
  columns: readonly EstimatedColumn[],
  place: number,
  {
    isNamed,
    labels,
    levelName,
  }: { readonly isNamed: boolean; readonly labels: Readonly<Record<string, Text>>; readonly levelName: LevelName },
): readonly Block[] {
  const results = columns.flatMap((column) => column.results.slice(place, place + 1));
  const ofPlace = <T>(all: readonly T[], { results }: EstimatedColumn): readonly T[] => {
    const own = all.length / results.length;
    return all.slice(place * own, (place + 1) * own);
  };
  const equality = columns.flatMap((column) => ofPlace(column.equality, column));
  const differences = columns.flatMap((column) => ofPlace(column.differences, column));
  const families = columns.flatMap((column) => column.families.slice(place, place + 1));
  const variants = columns.flatMap((column) => column.variants.slice(place, place + 1));
  const names = { models: groupNames(columns), variables: labels };
  const instrumented = results.filter(({ iv }) => iv != null);
  const tables = [
    ...afterFitTables(results, equality, families, levelName),
    ...differencesTables(differences, names),
    ...variants.map((one) => variantsTable(one, labels)),
    // The parts have the errors of the first covariance.
    ...(place === 0
      ? changesTables(
          columns.flatMap(({ changes }) => changes),
          names,
        )
      : []),
    ...ivTables(instrumented),
  ];
  return tables.map((made) => {
    const table = calledTable(made, labels);
    const values = { table: table.title, vcov: covarianceName(at(results, 0).vcov, labels) };
    return isNamed ? folded(table, { key: 'report.after_fit_vcov', values }) : titled(table);
  });
}

/** A line a comparison of slopes across the columns, all covariances together. */
export function comparedNotes(
  columns: readonly EstimatedColumn[],
  labels: Readonly<Record<string, Text>>,
): readonly Text[] {
  const names = { models: groupNames(columns), variables: labels };
  return columns.flatMap(({ differences, results }) => {
    const count = differences.length / results.length;
    return Array.from({ length: count }, (_, k) =>
      differencesSummary(
        results.flatMap((__, place) => differences.slice(place * count + k, place * count + k + 1)),
        names,
      ),
    );
  });
}

/** The parts of the panel as the columns are headed. */
export function groupNames(columns: readonly EstimatedColumn[]): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    columns.flatMap(({ results: [{ id }], sample: { label } }) => (label === null ? [] : [[id, label] as const])),
  );
}

function titled(table: TableModel): Block {
  return folded(table, table.title);
}

function folded(table: TableModel, heading: Text): Block {
  // Hypotheses in words are broken into lines; a page would cut them off.
  const hasWords = table.rows.some(({ cells }) => cells.some(({ kind }) => kind === 'label'));
  return { kind: 'fold', heading, blocks: [{ kind: 'table', table, ...(hasWords ? { look: 'prose' } : {}) }] };
}

/** Columns in results.json: every result of them, the search of a threshold model, and the comparisons across them. */
export function columnsDocument(columns: readonly EstimatedColumn[]): object {
  const equality = columns.flatMap((column) => column.equality);
  const differences = columns.flatMap((column) => column.differences);
  const families = columns.flatMap((column) => column.families);
  const variants = columns.flatMap((column) => column.variants);
  const changes = columns.flatMap((column) => column.changes);
  return {
    columns: columns.map((column, i) => {
      const [model, ...others] = column.results;
      const [threshold] = searchOf(column).map(({ lr: _lr, model: _model, ...rest }) => rest);
      return { label: `(${i + 1})`, model, other_vcov: others, ...(threshold === undefined ? {} : { threshold }) };
    }),
    ...(equality.length === 0 ? {} : { equality }),
    ...(differences.length === 0 ? {} : { differences }),
    ...(families.length === 0 ? {} : { families }),
    ...(variants.length === 0 ? {} : { variants }),
    ...(changes.length === 0 ? {} : { changes }),
  };
}

/** What was asked for beside a threshold or a model with its instruments, as results.json has it: present where asked. */
function askedBeside({ threshold, sensitivity, shape }: EstimatedColumn): Record<string, unknown> {
  const asked = {
    sensitivity,
    shape,
    jump: threshold?.jump ?? null,
    robust: threshold?.robust ?? null,
    joint: threshold?.joint ?? null,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
}

/** The search behind a column with what was asked for beside it; none where the model has no threshold. */
export function searchOf(column: EstimatedColumn): readonly ThresholdResult[] {
  return column.threshold === null ? [] : [{ ...column.threshold, ...askedBeside(column) }];
}

/** What a search gives; its variable in the headings where there are several. */
function searchFold(column: EstimatedColumn, nameOf: NameOf, isNamed: boolean): readonly Block[] {
  const by = nameOf(column.threshold?.settings.by ?? '');
  const whole = searchTables(column, { nameOf, named: Number.POSITIVE_INFINITY });
  return searchTables(column, { nameOf }).map((table, i): Block => {
    const shown: readonly Block[] = [{ kind: 'table', table }];
    const records: readonly Block[] = whole.slice(i, i + 1).map((one) => ({ kind: 'table', table: one }));
    const heading: Text = isNamed ? { key: 'report.after_fit_by', values: { table: table.title, by } } : table.title;
    return { kind: 'fold', heading, blocks: [{ kind: 'forms', screen: shown, page: shown, records }] };
  });
}

function searchTables(
  { threshold, sensitivity, shape }: EstimatedColumn,
  options: ThresholdTableOptions & { readonly nameOf: NameOf },
): readonly TableModel[] {
  if (threshold === null) return [];
  const equality = equalSlopesTable(threshold, options.nameOf);
  return [
    ...thresholdTables(threshold, options),
    ...(equality === null ? [] : [equality]),
    ...(sensitivity === null ? [] : [sensitivityTable(sensitivity)]),
    ...(shape === null ? [] : shapeTables(shape, threshold.settings.by, options.nameOf)),
  ];
}

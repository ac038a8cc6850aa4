import { at } from '../error/at.ts';
import { isStudyError } from '../error/study-error.ts';
import { programs } from '../export/catalog.ts';
import type { Columns, ModelCall } from '../export/contract.ts';
import { columnsOf } from '../export/model-calls.ts';
import { namesInTerms } from '../model/formula/formula-names.ts';
import { columnPlace } from '../output/format/bilingual-phrases.ts';
import type { ColumnAnswers, TableAnswers } from '../output/report/answers.ts';
import type { ColumnTable } from '../table/column.ts';
import type { EstimatedColumn } from './estimated.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { ResolvedRawStudy, StudyCore } from './language/resolve.ts';
import { modelPart } from './model-part.ts';
import { unitKeys } from './unit-names.ts';

/** The panel as a study writes it, which the lines of other programs open. */
const panelFile = 'panel.csv';

/**
 * What stands behind the numbers of a table of models; null where its columns are not models one by one, as in other kinds of
 * tables, in a transposed one, or with statistics beside the estimates.
 */
export function tableAnswers(made: StudyTable, study: StudyCore, table: ColumnTable): TableAnswers | null {
  const [{ table: printed }] = made.blocks;
  const { columns } = made;
  if (made.kind !== 'regression' || printed.rows.some(({ cells }) => cells.length !== columns.length)) return null;
  const terms = new Set(columns.flatMap(({ results: [{ coef }] }) => coef.map(({ term }) => term)));
  let last: string | null = null;
  const rows = printed.rows.map(({ id }) => {
    if (terms.has(id)) last = id;
    else if (last !== null && !id.startsWith(`${last}.`)) last = null;
    return last;
  });
  if (rows.every((term) => term === null)) return null;
  const about = columnsOf(table, study.panel);
  return {
    rows,
    columns: columns.map((column, i) =>
      columnAnswers(column, columnPlace(made.number, i + 1), { study, table, about }),
    ),
  };
}

function columnAnswers(
  column: EstimatedColumn,
  place: ColumnAnswers['place'],
  { study, table, about }: { readonly study: StudyCore; readonly table: ColumnTable; readonly about: Columns },
): ColumnAnswers {
  const { results, sample } = column;
  const [first] = results;
  const { call } = modelPart('', column, null, { study, table });
  return {
    place,
    formula: first.formula,
    sample: first.sample ?? sample.where?.text ?? null,
    nobs: first.nobs,
    terms: Object.fromEntries(
      first.coef.map(({ term }, i) => [
        term,
        results.map(({ coef, vcov }) => {
          const { estimate, se, stat, p, ci95 } = at(coef, i);
          return { vcov, estimate, se, stat, p, ci95 };
        }),
      ]),
    ),
    elsewhere: [...linesOf(call, about), ...rawCellLine(first.depvar, study, table)],
  };
}

/**
 * The command that takes a cell behind the model back to the raw files that it came from: one of its outcome, in the first row of the
 * panel. Nothing where the panel was not made from raw tables, or the outcome is none of its measures.
 */
function rawCellLine(depvar: string, study: StudyCore, table: ColumnTable): ColumnAnswers['elsewhere'] {
  const measures: readonly { readonly id: string }[] = 'measures' in study ? (study as ResolvedRawStudy).measures : []; // of raw tables alone
  if (measures.length === 0) return [];
  const { unit, time } = study.panel;
  const variable = namesInTerms([depvar]).find((name) => measures.some(({ id }) => id === name));
  const [key] = unitKeys(table, unit);
  const column = table.columns[time];
  if (variable === undefined || key == null || column?.kind !== 'number') return [];
  const lines = `kaya panel why study.yaml --unit ${key} --year ${column.values[0]} --var ${variable}`;
  return [{ program: 'kaya panel why', lines }];
}

/** What a program cannot do stands in its lines by name; a model that it cannot be told of has none. */
function linesOf(call: ModelCall, about: Columns): ColumnAnswers['elsewhere'] {
  return programs.flatMap(({ name, lines }) => {
    try {
      const { setup, model } = lines(call, about, panelFile);
      return [{ program: name, lines: [...setup, '', ...model].join('\n') }];
    } catch (error) {
      if (isStudyError(error)) return [];
      throw error;
    }
  });
}

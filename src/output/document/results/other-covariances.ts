import { at } from '../../../error/at.ts';
import type { Diagnostic } from '../../../error/diagnostic.ts';
import type { TableLayout } from '../../layout/contract.ts';
import { isPlain } from '../../layout/read.ts';
import type { ModelAfterFit } from '../../table/after-fit-parts.ts';
import { afterFitTables } from '../../table/after-fit-tables.ts';
import type { TableModel, Text } from '../../table/contract.ts';
import { covarianceName } from '../../table/covariance-name.ts';
import { inferenceTable } from '../../table/inference-table.ts';
import { ivTables } from '../../table/iv-block.ts';
import { shownTerms } from '../../table/regression/terms.ts';
import type { VariableNames } from '../../table/variable-names.ts';
import { wideBlock } from '../blocks.ts';
import type { Block, TableBlock } from '../contract.ts';
import { sharedTexts } from '../shared-notes.ts';

/** Models with the same fits under their other covariances. */
export interface CovariancesOfModels {
  readonly models: readonly ModelAfterFit[];
  readonly others: readonly (readonly ModelAfterFit[])[];
  readonly names: VariableNames;
  readonly layout: TableLayout;
  readonly decimals: TableBlock['decimals'];
}

/**
 * What other covariances give: the errors of every one below the estimates, which a stacked table has itself, then what came after the
 * fits under each. None where there are none.
 */
export function otherCovarianceBlocks(of: CovariancesOfModels): readonly Block[] {
  const count = Math.max(0, ...of.others.map((own) => own.length));
  if (count === 0) return [];
  return [
    ...(of.layout.isStacked ? [] : [shownErrors(of)]),
    ...Array.from({ length: count }, (_, place) =>
      tablesUnder(
        of.others.flatMap((own) => own.slice(place, place + 1)),
        place,
      ),
    ).flat(),
  ];
}

/** What is noteworthy under other covariances, and was not under the first. */
export function otherWarnings(
  first: { readonly warnings: readonly Diagnostic[] },
  others: readonly { readonly warnings: readonly Diagnostic[] }[],
): readonly Diagnostic[] {
  const printed = new Set(first.warnings.map((warning) => JSON.stringify(warning)));
  return others.flatMap(({ warnings }) => warnings).filter((warning) => !printed.has(JSON.stringify(warning)));
}

/** Records have a row for every coefficient under every covariance, unless an author laid out the table. */
function shownErrors(of: CovariancesOfModels): Block {
  const page = [errorsBlock(of)];
  return isPlain(of.layout)
    ? { kind: 'forms', screen: [errorsBlock({ ...of, names: {} })], page, records: [] }
    : { kind: 'forms', screen: page, page, records: page };
}

function errorsBlock({ models, others, names, layout, decimals }: CovariancesOfModels): TableBlock {
  const table = inferenceTable({
    id: 'errors',
    number: '',
    title: { key: 'report.other_errors' },
    columns: models.map((model, i) => ({ label: `(${i + 1})`, models: [model, ...(others[i] ?? [])] })),
    terms: shownTerms({ terms: [], names }, models, layout),
    names,
    notes: sharedTexts(models.map((model, i) => ({ warnings: otherWarnings(model, others[i] ?? []) }))),
    isSynthetic: false,
  });
  return {
    kind: 'table',
    table,
    ...(decimals === undefined ? {} : { decimals }),
    asked: layout,
    house: layout.house,
  };
}

/** What came after the fits under one covariance, which stands in the titles; its place tells the tables apart by name. */
function tablesUnder(results: readonly ModelAfterFit[], place: number): readonly Block[] {
  const tables = [...afterFitTables(results), ...ivTables(results)];
  return tables.map((table): TableBlock => wideBlock(under(table, covarianceName(at(results, 0).vcov), place)));
}

function under(table: TableModel, vcov: Text, place: number): TableModel {
  const title: Text = { key: 'report.after_fit_vcov', values: { table: table.title, vcov } };
  return { ...table, id: `${table.id}.vcov${place + 2}`, title };
}

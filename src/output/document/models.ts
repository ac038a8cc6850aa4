import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import type { PlanReport } from '../../model/result/plan-report.ts';
import type { Reconciliation } from '../../model/result/reconciliation.ts';
import type { ModelResult } from '../../model/result/result.ts';
import type { PercentileRule } from '../../table/percentile.ts';
import { decimalsFor, formatExact } from '../format/format-number.ts';
import { formatTable } from '../format/format-table.ts';
import { type NumberStyle, publishedStyle, terminalStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import type { TableModel } from '../table/contract.ts';
import { ivTables } from '../table/iv-block.ts';
import { reconcileTable } from '../table/reconcile-table.ts';
import { regressionTable } from '../table/regression-table.ts';
import { allStatistics, type DescriptiveRow, summaryTable, withRuleColumn } from '../table/summary-table.ts';
import { type TextColumnRow, textColumnsTable, withTextColumns } from '../table/text-columns-table.ts';
import { modelText, warningLines } from './model-text.ts';
import { planText } from './plan-text.ts';
import { csvRecords } from './table/csv-table.ts';
import { terminalWidth } from './table/display-width.ts';
import { htmlTable } from './table/html-table.ts';
import { htmlPage, renderTable } from './table/table.ts';
import { tableStyle } from './table/table-style.ts';
import { wideStyle } from './wide-table.ts';

export const outputFormats = ['text', 'json', 'md', 'tex', 'html', 'csv', 'docx', 'xlsx'] as const;
export type OutputFormat = (typeof outputFormats)[number];

export interface RenderOptions {
  readonly format: OutputFormat;
  readonly language: Language;
  /** Version of the program; the `kaya` key of the JSON document. */
  readonly version: string;
  /** How the models were fitted as one job, where that was asked for: printed after them in text, a key of its own in JSON. */
  readonly plan?: PlanReport | null;
  /** What had to be done to read the data; with the warnings of a JSON document. */
  readonly reading?: readonly Diagnostic[];
}

/** Models beside each other in one table; more are printed table below table. */
const modelsAcross = 8;

/** What `kaya reg` prints. @throws not-available for docx and xlsx */
export function renderModels(models: readonly ModelResult[], options: RenderOptions): string {
  switch (options.format) {
    case 'json':
      return jsonDocument({
        kaya: options.version,
        models: warnedOfReading(models, options),
        ...(isPlanned(options) ? { plan: options.plan } : {}),
      });
    case 'csv':
      return modelsCsv(models);
    case 'text':
      return [
        models.length === 1 ? modelText(models[0], options.language) : modelsText(models, options.language),
        ...ivTables(models).map((table) =>
          renderTable(table, 'text', options.language, wideStyle(table, terminalStyle)),
        ),
        ...(isPlanned(options) ? [planText(options.plan, options.language)] : []),
      ].join('\n');
    case 'md':
    case 'tex':
    case 'html': {
      const format = options.format;
      const style = comparedStyle(models, publishedStyle);
      const printed = renderTable(comparedModels(models, 0), format, options.language, style);
      const tables = ivTables(models);
      if (format !== 'html') {
        return [
          printed,
          ...tables.map((table) => renderTable(table, format, options.language, wideStyle(table, publishedStyle))),
        ].join('\n');
      }
      const bodies = tables.map((table) =>
        htmlTable(formatTable(table, options.language, wideStyle(table, publishedStyle))),
      );
      return printed.replace('</body>', () => `${bodies.join('')}</body>`);
    }
    case 'docx':
    case 'xlsx':
      throw new StudyError('not-available', { feature: `--format ${options.format}` });
  }
}

function isPlanned(options: RenderOptions): options is RenderOptions & { readonly plan: PlanReport } {
  return options.plan !== undefined && options.plan !== null;
}

/**
 * What `kaya describe` prints: columns of numbers, the rule of their percentiles, then columns of text; in CSV they are one table.
 * @throws not-available for docx and xlsx
 */
export function renderDescriptives(
  rows: readonly DescriptiveRow[],
  options: RenderOptions,
  texts: readonly TextColumnRow[] = [],
  quantiles: PercentileRule = 'stata',
): string {
  switch (options.format) {
    case 'json':
      return jsonDocument({
        kaya: options.version,
        quantiles,
        variables: rows,
        texts,
        warnings: options.reading ?? [],
      });
    case 'docx':
    case 'xlsx':
      throw new StudyError('not-available', { feature: `--format ${options.format}` });
    default: {
      const style = options.format === 'text' || options.format === 'csv' ? terminalStyle : publishedStyle;
      const numbers = descriptiveTable(rows, quantiles);
      if (options.format === 'csv') {
        const named = withRuleColumn(numbers, quantiles);
        const whole = texts.length === 0 ? named : withTextColumns(named, texts);
        return renderTable(whole, 'csv', options.language, style);
      }
      if (texts.length === 0) return renderTable(numbers, options.format, options.language, style);
      const tables = [...(rows.length === 0 ? [] : [numbers]), textColumnsTable(texts)];
      const { format, language } = options;
      if (format !== 'html') return tables.map((table) => renderTable(table, format, language, style)).join('\n');
      const body = tables.map((table) => htmlTable(formatTable(table, language, style))).join('');
      return htmlPage({ language, title: '', style: tableStyle, body });
    }
  }
}

/** Results whose warnings begin with what had to be done to read the data. */
export function warnedOfReading<T extends { readonly warnings: readonly Diagnostic[] }>(
  results: readonly T[],
  { reading = [] }: RenderOptions,
): readonly T[] {
  return results.map((result) => ({ ...result, warnings: [...reading, ...result.warnings] }));
}

/** What `kaya reg --reconcile` prints. @throws not-available for docx and xlsx */
export function renderReconciliations(items: readonly Reconciliation[], options: RenderOptions): string {
  const { format, language } = options;
  switch (format) {
    case 'json':
      return jsonDocument({ kaya: options.version, reconciliations: items, warnings: options.reading ?? [] });
    case 'docx':
    case 'xlsx':
      throw new StudyError('not-available', { feature: `--format ${format}` });
    case 'html': {
      const tables = items.map((item) => formatTable(reconcileTable(item), language, reconcileStyle(item)));
      const title = tables[0]?.caption ?? '';
      return htmlPage({ language, title, style: tableStyle, body: tables.map((table) => htmlTable(table)).join('') });
    }
    default:
      return items.map((item) => renderTable(reconcileTable(item), format, language, reconcileStyle(item))).join('\n');
  }
}

function reconcileStyle({ columns }: Reconciliation): NumberStyle {
  const values = columns.flatMap((column) => column.coef.flatMap((one) => [one.estimate, one.se]));
  const decimals = decimalsFor(values, { significant: 4, least: 4, most: 12 });
  return { ...terminalStyle, decimals: { ...terminalStyle.decimals, estimate: decimals, statistic: decimals } };
}

/** A JSON document as the contract has it: full precision, null for what does not exist, one trailing newline. */
function jsonDocument(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function modelsText(models: readonly ModelResult[], language: Language): string {
  const parts: string[] = [];
  for (let first = 0; first < models.length; first += modelsAcross) {
    const group = models.slice(first, first + modelsAcross);
    const table = renderTable(comparedModels(group, first), 'text', language, comparedStyle(models, terminalStyle));
    const warnings = group.flatMap((model, i) => warningLines(model, language, terminalWidth, `(${first + i + 1}) `));
    parts.push(table + warnings.join(''));
  }
  return parts.join('\n');
}

/** Models side by side with standard errors below the estimates. `first` is the number of models printed before. */
function comparedModels(models: readonly ModelResult[], first: number): TableModel {
  const effects = [...new Set(models.flatMap((model) => Object.keys(model.fixef)))];
  const outcomes = new Set(models.map((model) => model.depvar));
  const hasSamples = models.some((model) => model.sample !== null);
  const hasWithin = models.some((model) => model.r2.within !== null);
  return regressionTable({
    id: 'models',
    number: '',
    title: '',
    columns: models.map((model, i) => ({ label: `(${first + i + 1})`, model })),
    terms: [],
    r2: hasWithin ? ['overall', 'within'] : ['overall', 'adj'],
    statistic: 'se',
    fixedEffects: effects.map((effect) => ({ effect, label: { key: 'row.effect', values: { effect } } })),
    ...(outcomes.size === 1 ? { outcome: models[0].depvar } : {}),
    ...(hasSamples ? { samples: models.map((model) => model.sample ?? { key: 'sample.all' }) } : {}),
    notes: [],
    isSynthetic: false,
  });
}

function comparedStyle(models: readonly ModelResult[], style: NumberStyle): NumberStyle {
  const values = models.flatMap((model) => model.coef.flatMap((c) => [c.estimate, c.se]));
  const decimals = decimalsFor(values, { significant: 2, least: 3, most: 8 });
  return { ...style, decimals: { ...style.decimals, estimate: decimals, statistic: decimals } };
}

/** One record a coefficient, in full precision. */
function modelsCsv(models: readonly ModelResult[]): string {
  const heading = [
    'model',
    'depvar',
    'sample',
    'term',
    'estimate',
    'se',
    'stat',
    'p',
    'ci_low',
    'ci_high',
    'nobs',
    'df_t',
    'vcov',
    'formula',
  ];
  const records = models.flatMap((model) =>
    model.coef.map((c) => [
      model.id,
      model.depvar,
      model.sample ?? '',
      c.term,
      ...[c.estimate, c.se, c.stat, c.p, c.ci95?.[0] ?? null, c.ci95?.[1] ?? null, model.nobs, model.df_t].map(
        formatExact,
      ),
      [model.vcov.type, ...model.vcov.by].join(':'),
      model.formula,
    ]),
  );
  return csvRecords([heading, ...records]);
}

function descriptiveTable(rows: readonly DescriptiveRow[], quantiles: PercentileRule): TableModel {
  const hasPanel = rows.some((row) => row.within_sd !== null || row.between_sd !== null);
  const statistics = hasPanel ? allStatistics : allStatistics.filter((id) => id !== 'within_sd' && id !== 'between_sd');
  const table = summaryTable({
    id: 'descriptives',
    number: '',
    title: '',
    rows: rows.map((row) => ({ label: row.variable, statistics: row })),
    statistics,
    quantiles,
    notes: [],
    isSynthetic: false,
  });
  return {
    ...table,
    rows: table.rows.map((row, i) => {
      const decimals = decimalsFor([rows[i].mean, rows[i].sd], { significant: 4, least: 3, most: 8 });
      return { ...row, cells: row.cells.map((cell) => (cell.kind === 'number' ? { ...cell, decimals } : cell)) };
    }),
  };
}

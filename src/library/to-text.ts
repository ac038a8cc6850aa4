import type { DescribeResult } from '../model/describe/run.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { Document } from '../output/document/contract.ts';
import type { DocumentFormat } from '../output/document/formats.ts';
import { layoutFor } from '../output/document/layout-for.ts';
import { printText } from '../output/document/print/text.ts';
import { descriptivesDocument } from '../output/document/results/descriptives.ts';
import { modelsDocument } from '../output/document/results/models.ts';
import { reconciliationsDocument } from '../output/document/results/reconciliations.ts';
import { testedDocument } from '../output/document/results/tested-tables.ts';
import { thresholdDocument } from '../output/document/results/threshold.ts';
import type { Language } from '../output/format/text-key.ts';
import type { TableLayout } from '../output/layout/contract.ts';
import type { LayoutWords } from '../output/layout/schema.ts';
import type { RegResult, ThresholdRun } from './results.ts';

/** What `toText` prints. */
export type PrintableResult = DescribeResult | RegResult | ThresholdRun | ModelResult | readonly ModelResult[];

export interface TextOptions {
  /** Default: English. */
  readonly language?: Language;
  /** How a table of models is laid out, by the words of `kaya reg`. */
  readonly layout?: LayoutWords;
}

/** A result as the table that `kaya describe`, `kaya reg` and `kaya threshold` print; of plain data, so a result that was stored prints as well. */
export function toText(result: PrintableResult, { language = 'en', layout: words = {} }: TextOptions = {}): string {
  const layout = layoutOf(result, words, 'text');
  return printText(documentOf(result, layout), { language, ...(layout.house === null ? {} : { house: layout.house }) });
}

/** How the table of a result is laid out in a format. @throws as `layoutFor` */
export function layoutOf(result: PrintableResult, words: LayoutWords, format: DocumentFormat): TableLayout {
  const hasModels = !('kind' in result) && !('reconciliations' in result && result.reconciliations.length > 0);
  return layoutFor(words, { format, hasModels });
}

/** What a result says, as commands say it. */
export function documentOf(result: PrintableResult, layout: TableLayout): Document {
  // Documents say which version made their data; a text does not show them.
  const of = { version: '' };
  if ('kind' in result) {
    if (result.kind !== 'summary') return testedDocument(result, of);
    const { variables, texts, quantiles } = result;
    return descriptivesDocument(variables, of, { texts, quantiles });
  }
  if ('models' in result) {
    const { models, others, plan, equality, differences, families, variants, changes, reconciliations } = result;
    return reconciliations.length > 0
      ? reconciliationsDocument(reconciliations, of)
      : modelsDocument(models, { ...of, plan, equality, differences, families, variants, changes, others, layout });
  }
  if ('tests' in result && 'lr' in result) return thresholdDocument(result, of, { ...result, layout });
  return modelsDocument('coef' in result ? [result] : result, { ...of, layout });
}

/** Node's console asks for it. */
const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A result that prints itself: `String(result)`, a template and Node's console give its table. Both are properties that are not
 * enumerable, so that a copy, JSON and a message to a worker hold the numbers alone.
 */
export function printingItself<T extends DescribeResult | RegResult | ThresholdRun>(result: T): T {
  const value = (): string => toText(result);
  return Object.defineProperties(result, { toString: { value }, [inspect]: { value } });
}

import type { ModelResult } from '../../model/result/result.ts';
import { describeDiagnostic } from '../format/error-text/describe.ts';
import { decimalsFor } from '../format/format-number.ts';
import { formatCell, formatTable } from '../format/format-table.ts';
import { formatText } from '../format/format-text.ts';
import { type NumberStyle, terminalStyle, withDecimals } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import { modelBlock } from '../table/model-block.ts';
import { displayWidth, padTo, paragraph, terminalWidth, wrapText } from './table/display-width.ts';
import { textTable } from './table/text-table.ts';

const factGap = 3;

/** One model for a terminal: facts at the right as Stata has them, the coefficient table below, warnings in words. */
export function modelText(model: ModelResult, language: Language): string {
  const block = modelBlock(model);
  const style = styleFor(model);
  const table = textTable(formatTable(block.coefficients, language, style));
  const width = Math.max(terminalWidth, ...table.split('\n').map(displayWidth));
  const facts = factLines(block.facts, language);
  const leftWidth = width - factGap - Math.max(...facts.map(displayWidth));
  const words = [block.title, block.formula, '', ...block.lines];
  const left = words.flatMap((text) => (text === '' ? [''] : wrapText(formatText(text, language, style), leftWidth)));
  const head = Array.from({ length: Math.max(left.length, facts.length) }, (_, i) =>
    `${padTo(left[i] ?? '', leftWidth + factGap, 'start')}${facts[i] ?? ''}`.trimEnd(),
  );
  const inference = wrapText(formatText(block.inference, language, style), width);
  return [...head, '', ...inference, table + warningLines(model, language, width).join('')].join('\n');
}

/** The warnings of a model, one paragraph each, with the model's name before it when `prefix` is given. */
export function warningLines(model: ModelResult, language: Language, width: number, prefix = ''): string[] {
  return model.warnings.map((warning) => paragraph(`${prefix}${describeDiagnostic(warning, language)}`, width));
}

/** Decimals that show the smallest estimate or standard error with four significant digits. */
function styleFor(model: ModelResult): NumberStyle {
  const values = model.coef.flatMap((c) => [c.estimate, c.se]);
  const decimals = decimalsFor(values, { significant: 4, least: 4, most: 12 });
  return {
    ...withDecimals(terminalStyle, decimals),
    decimals: { estimate: decimals, statistic: 2, number: decimals, p: 4 },
  };
}

function factLines(facts: ReturnType<typeof modelBlock>['facts'], language: Language): string[] {
  const labels = facts.map((fact) => formatText(fact.label, language, terminalStyle));
  const values = facts.map((fact) => formatCell(fact.value, language, terminalStyle).text);
  const labelWidth = Math.max(...labels.map(displayWidth));
  const valueWidth = Math.max(9, ...values.map(displayWidth));
  return labels.map((label, i) => `${padTo(label, labelWidth, 'start')} = ${padTo(values[i], valueWidth, 'end')}`);
}

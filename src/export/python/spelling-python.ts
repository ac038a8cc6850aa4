import type { FunctionName } from '../../table/expression/ast.ts';
import type { Spelling } from '../spelling.ts';

/** A text in quotes. */
export const quotedPython = (text: string): string => JSON.stringify(text);

/** Texts as a list. */
export const listPython = (texts: readonly string[]): string => `[${texts.map(quotedPython).join(', ')}]`;

/** How Python writes an expression of columns of `data`; what numpy has not stands in the head of the script. */
export function spellingPython(
  data: string,
  column: (name: string) => string,
  panel: { readonly unit: string; readonly time: string; readonly step: number },
): Spelling {
  const cell = (name: string): string => `${data}[${quotedPython(name)}]`;
  return {
    column: (name) => cell(column(name)),
    call: callPython,
    compare: (operator, left, right) => `compared_with(${left} ${operator} ${right}, ${left}, ${right})`,
    power: (left, right) => `(${left} ** ${right})`,
    lag: (operand, periods) => `lagged(${operand}, ${cell(panel.unit)}, ${cell(panel.time)}, ${periods * panel.step})`,
  };
}

const others: Readonly<Record<FunctionName, string>> = {
  log: 'np.log',
  log1p: 'np.log1p',
  exp: 'np.exp',
  sqrt: 'np.sqrt',
  abs: 'np.abs',
  min: 'np.minimum',
  max: 'np.maximum',
  winsor: 'winsor',
  winsor7: 'winsor7',
  mean: 'group_mean',
  sd: 'group_sd',
  total: 'group_total',
  count: 'group_count',
};

function callPython(name: FunctionName, args: readonly string[]): string {
  if ((name === 'min' || name === 'max') && args.length > 2) {
    return args.reduce((left, right) => `${others[name]}(${left}, ${right})`);
  }
  return `${others[name]}(${args.join(', ')})`;
}

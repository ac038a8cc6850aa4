import type { FunctionName } from '../../table/expression/ast.ts';
import type { Spelling } from '../spelling.ts';

/** How R writes an expression; functions that base R has not stand in the head of the script. */
export function spellingR(
  column: (name: string) => string,
  panel: { readonly unit: string; readonly time: string; readonly step: number } | null,
): Spelling {
  return {
    column,
    call: callR,
    compare: (operator, left, right) => `as.numeric(${left} ${operator} ${right})`,
    power: (left, right) => `(${left}^${right})`,
    lag: (operand, periods) =>
      panel === null
        ? `lagged(${operand}, ${periods})`
        : `lagged(${operand}, ${panel.unit}, ${panel.time}, ${periods * panel.step})`,
  };
}

const others: Readonly<Partial<Record<FunctionName, string>>> = {
  min: 'pmin',
  max: 'pmax',
  mean: 'group_mean',
  sd: 'group_sd',
  total: 'group_total',
  count: 'group_count',
};

function callR(name: FunctionName, args: readonly string[]): string {
  return `${others[name] ?? name}(${args.join(', ')})`;
}

/** A text in quotes. */
export const quotedR = (text: string): string => JSON.stringify(text);

/** Texts as a vector. */
export const vectorR = (texts: readonly string[]): string =>
  texts.length === 1 ? quotedR(texts[0] ?? '') : `c(${texts.map(quotedR).join(', ')})`;

import type { Dialect } from '../../data/sql/dialect.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';

// SQL that every engine reads alike.

/** A value where a condition holds, NULL elsewhere. */
export const within = (condition: string, call: string): string => `(CASE WHEN ${condition} THEN ${call} END)`;

/** Functions of numbers, NULL where they have no value. */
export const boundedFunctions: Readonly<Record<string, (args: readonly string[]) => string>> = {
  log: ([x]) => within(`${x} > 0`, `ln(${x})`),
  log2: ([x]) => within(`${x} > 0`, `log2(${x})`),
  log10: ([x]) => within(`${x} > 0`, `log10(${x})`),
  log1p: ([x]) => within(`${x} > -1`, `ln(1 + ${x})`),
  sqrt: ([x]) => within(`${x} >= 0`, `sqrt(${x})`),
  asin: ([x]) => within(`abs(${x}) <= 1`, `asin(${x})`),
  acos: ([x]) => within(`abs(${x}) <= 1`, `acos(${x})`),
};

/** A function of a measure. @throws not-available for those of whole columns */
export const measureCall: Dialect['call'] = (name, args) => {
  switch (name) {
    case 'log':
      return `(CASE WHEN ${args[0]} > 0 THEN ln(${args[0]}) END)`;
    case 'log1p':
      return `(CASE WHEN ${args[0]} > -1 THEN ln(1 + ${args[0]}) END)`;
    case 'sqrt':
      return `(CASE WHEN ${args[0]} >= 0 THEN sqrt(${args[0]}) END)`;
    case 'exp':
      return `exp(${args[0]})`;
    case 'abs':
      return `abs(${args[0]})`;
    case 'min':
      return `least(${args.join(', ')})`;
    case 'max':
      return `greatest(${args.join(', ')})`;
    case 'winsor':
    case 'winsor7':
    case 'mean':
    case 'sd':
    case 'total':
    case 'count':
      throw new StudyError('not-available', { feature: said('feature.in_measure', { name }) });
  }
};

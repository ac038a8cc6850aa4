import { type Expected, said } from '../../error/said.ts';
import type { StudyError } from '../../error/study-error.ts';
import type { Condition, Kind } from './ast.ts';
import { kindOf } from './kinds.ts';
import { inTwoValues, type TwoValued } from './two-values.ts';

/** What names stand for in the other program, and what they are here. */
export interface PrintColumns {
  readonly column: (name: string) => string;
  readonly kindOf: (name: string) => Kind;
}

/** Values that every program writes its own way. */
export type OwnValue = Extract<Condition, { kind: 'text' | 'date' | 'name' | 'arithmetic' | 'cast' | 'call' }>;

/** A number, text or date in a program of two truth values; what is true or false is 1 or 0. */
export function valueInTwo(part: Condition, target: TwoValued, own: (part: OwnValue) => string): string {
  switch (part.kind) {
    case 'text':
    case 'date':
    case 'name':
    case 'arithmetic':
    case 'cast':
    case 'call':
      return own(part);
    case 'number':
      return String(part.value);
    case 'negate':
      return `(-${target.value(part.operand)})`;
    case 'missing':
      return target.missing(part.kind);
    case 'case': {
      const last = part.otherwise === null ? target.missing(kindOf(part, target.kindOf)) : target.value(part.otherwise);
      return part.branches.reduceRight(
        (otherwise, { when, result }) =>
          target.choose(inTwoValues(when, true, target), target.value(result), otherwise),
        last,
      );
    }
    default: {
      const [yes, no] = [inTwoValues(part, true, target), inTwoValues(part, false, target)];
      return target.choose(yes, '1', target.choose(no, '0', target.missing('number')));
    }
  }
}

/** What is left of a division towards zero. */
export function remainder(left: string, right: string): string {
  return `(${left} - ${right} * trunc(${left} / ${right}))`;
}

/** Programs differ in what places before the first letter mean. @throws not-available where a place is not a number from 1 on */
export function requirePlaces(
  name: string,
  args: readonly Condition[],
  refused: (feature: Expected) => StudyError,
): void {
  if (name !== 'substr' && name !== 'left' && name !== 'right') return;
  const isPlain = args.slice(1).every((arg) => arg.kind === 'number' && arg.value >= 1 && Number.isInteger(arg.value));
  if (!isPlain) throw refused(said('feature.places', { name }));
}

/** The regular expression of a `like` pattern, for programs that have no such pattern. */
export function patternText(pattern: string, escapedBy: string | null): string {
  const letters = [...pattern];
  const out: string[] = [];
  for (let i = 0; i < letters.length; i++) {
    const isEscaped = letters[i] === escapedBy && i + 1 < letters.length;
    const letter = isEscaped ? (letters[++i] ?? '') : (letters[i] ?? '');
    if (!isEscaped && letter === '%') out.push('.*');
    else if (!isEscaped && letter === '_') out.push('.');
    else out.push(/[\\^$.*+?()[\]{}|]/.test(letter) ? `\\${letter}` : letter);
  }
  return out.join('');
}

/**
 * A condition on one row, as plain data: what chooses the rows of a sample. One language for options, study files and the
 * browser; `evaluate.ts` runs it on columns, `data/sql` prints it for an engine, `print-stata.ts` and `print-r.ts` for others.
 * `at` is the place in the text, in characters from 0.
 */
export type Condition =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** A text in single quotes, or in double quotes where no column bears that name (`mayName` until that is known). */
  | { readonly kind: 'text'; readonly value: string; readonly at: number; readonly mayName?: true }
  /** A day of the calendar, yyyy-mm-dd. */
  | { readonly kind: 'date'; readonly value: string; readonly at: number }
  | { readonly kind: 'truth'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'missing'; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number; readonly isQuoted?: true }
  | { readonly kind: 'negate'; readonly operand: Condition; readonly at: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Condition;
      readonly right: Condition;
      readonly at: number;
    }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: Condition;
      readonly right: Condition;
      readonly at: number;
    }
  /** Two or more parts. */
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[]; readonly at: number }
  | { readonly kind: 'not'; readonly operand: Condition; readonly at: number }
  | {
      readonly kind: 'in';
      readonly operand: Condition;
      readonly values: readonly Condition[];
      readonly isNot: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'between';
      readonly operand: Condition;
      readonly low: Condition;
      readonly high: Condition;
      readonly isNot: boolean;
      readonly at: number;
    }
  /** `%` stands for any characters, `_` for one; `escapedBy` before either takes its meaning away. */
  | {
      readonly kind: 'like';
      readonly operand: Condition;
      readonly pattern: string;
      readonly escapedBy: string | null;
      readonly ignoresCase: boolean;
      readonly isNot: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'is';
      readonly operand: Condition;
      readonly what: 'missing' | 'true' | 'false';
      readonly isNot: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Condition; readonly result: Condition }[];
      readonly otherwise: Condition | null;
      readonly at: number;
    }
  /** `isTry`: a cell that cannot be converted is missing, not an error. */
  | {
      readonly kind: 'cast';
      readonly operand: Condition;
      readonly to: CastTarget;
      readonly isTry: boolean;
      readonly at: number;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Condition[]; readonly at: number };

export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '^' | '||';
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** What a part of a condition is; `missing`: nothing is known of it but that it is missing. */
export type Kind = 'number' | 'text' | 'date' | 'truth' | 'missing';
/** `whole`: the nearest whole number. */
export type CastTarget = 'number' | 'whole' | 'text' | 'date' | 'truth';

/** The parts of a condition, one level down, in the order of the text. */
export function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'number':
    case 'text':
    case 'date':
    case 'truth':
    case 'missing':
    case 'name':
      return [];
    case 'negate':
    case 'not':
    case 'like':
    case 'is':
    case 'cast':
      return [condition.operand];
    case 'arithmetic':
    case 'compare':
      return [condition.left, condition.right];
    case 'and':
    case 'or':
      return condition.parts;
    case 'in':
      return [condition.operand, ...condition.values];
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'case': {
      const branches = condition.branches.flatMap(({ when, result }) => [when, result]);
      return condition.otherwise === null ? branches : [...branches, condition.otherwise];
    }
    case 'call':
      return condition.args;
  }
}

/** The columns that a condition names, each once, in order of appearance. */
export function columnsIn(condition: Condition): readonly string[] {
  const found = new Set<string>();
  const visit = (part: Condition): void => {
    if (part.kind === 'name') found.add(part.name);
    partsOf(part).forEach(visit);
  };
  visit(condition);
  return [...found];
}

/** The condition with `change` done to each of its parts, one level down. */
export function withParts(condition: Condition, change: (part: Condition) => Condition): Condition {
  switch (condition.kind) {
    case 'number':
    case 'text':
    case 'date':
    case 'truth':
    case 'missing':
    case 'name':
      return condition;
    case 'negate':
    case 'not':
    case 'like':
    case 'is':
    case 'cast':
      return { ...condition, operand: change(condition.operand) };
    case 'arithmetic':
    case 'compare':
      return { ...condition, left: change(condition.left), right: change(condition.right) };
    case 'and':
    case 'or':
      return { ...condition, parts: condition.parts.map(change) };
    case 'in':
      return { ...condition, operand: change(condition.operand), values: condition.values.map(change) };
    case 'between': {
      const { operand, low, high } = condition;
      return { ...condition, operand: change(operand), low: change(low), high: change(high) };
    }
    case 'case': {
      const branches = condition.branches.map(({ when, result }) => ({ when: change(when), result: change(result) }));
      return { ...condition, branches, otherwise: condition.otherwise === null ? null : change(condition.otherwise) };
    }
    case 'call':
      return { ...condition, args: condition.args.map(change) };
  }
}

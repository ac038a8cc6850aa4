/**
 * One small expression language with two readers: `evaluate.ts` computes it on columns (formulas of models), and
 * `data/sql` prints it as SQL (measures). Arithmetic, comparison, function calls.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/** `winsor(x, low, high)` looks at the whole column: percentiles low and high of its observed cells become its ends. */
export const functionNames = ['log', 'log1p', 'exp', 'sqrt', 'abs', 'min', 'max', 'winsor'] as const;
export type FunctionName = (typeof functionNames)[number];

/** The free names of an expression, each once, in order of appearance. */
export function namesIn(expression: Expression): readonly string[] {
  const found = new Set<string>();
  const visit = (e: Expression): void => {
    switch (e.kind) {
      case 'number':
        return;
      case 'name':
        found.add(e.name);
        return;
      case 'negate':
        visit(e.operand);
        return;
      case 'binary':
        visit(e.left);
        visit(e.right);
        return;
      case 'call':
        e.args.forEach(visit);
    }
  };
  visit(expression);
  return [...found];
}

import type { CastTarget, Condition, Kind } from './ast.ts';
import { rowFunctions } from './functions.ts';

export const kindOfCast: Readonly<Record<CastTarget, Exclude<Kind, 'missing'>>> = {
  number: 'number',
  whole: 'number',
  text: 'text',
  date: 'date',
  truth: 'truth',
};

/** What a part of a checked condition is. */
export function kindOf(condition: Condition, kindOfColumn: (name: string) => Kind): Kind {
  const firstOf = (parts: readonly Condition[]): Kind => {
    for (const part of parts) {
      const kind = kindOf(part, kindOfColumn);
      if (kind !== 'missing') return kind;
    }
    return 'missing';
  };
  switch (condition.kind) {
    case 'number':
    case 'text':
    case 'date':
    case 'truth':
    case 'missing':
      return condition.kind;
    case 'name':
      return kindOfColumn(condition.name);
    case 'negate':
      return 'number';
    case 'arithmetic':
      return arithmeticKind(condition, kindOfColumn);
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'in':
    case 'between':
    case 'like':
    case 'is':
      return 'truth';
    case 'case': {
      const { branches, otherwise } = condition;
      return firstOf([...branches.map(({ result }) => result), ...(otherwise === null ? [] : [otherwise])]);
    }
    case 'cast':
      return kindOfCast[condition.to];
    case 'call': {
      const gives = rowFunctions.get(condition.name)?.gives ?? 'missing';
      return gives === 'alike' ? firstOf(condition.args) : gives;
    }
  }
}

/** A date and a number of days are a date; two dates are days apart. */
function arithmeticKind(
  { operator, left, right }: Extract<Condition, { kind: 'arithmetic' }>,
  kindOfColumn: (name: string) => Kind,
): Kind {
  if (operator === '||') return 'text';
  const dates = [left, right].filter((side) => kindOf(side, kindOfColumn) === 'date').length;
  return dates === 1 ? 'date' : 'number';
}

import type { Problem } from '../../../error/codes.ts';
import { said } from '../../../error/said.ts';
import { saidText } from '../said-text.ts';
import type { Language } from '../text-key.ts';
import { habitText } from './formula-habit.ts';
import { conditionFaultText } from './where.ts';

/** What is wrong at a place of a study file, as the middle of a line: no full stop behind it. */
export function problemText(problem: Problem, language: Language): string {
  if ('key' in problem) return saidText(problem, language);
  if ('condition' in problem) {
    const fault = withoutStop(conditionFaultText(problem.condition, language));
    return saidText(said('fault.condition', { fault }), language);
  }
  const { found, expected, habit } = problem.formula;
  if (habit !== undefined) return withoutStop(habitText(habit, language));
  return saidText(
    found === '' ? said('fault.formula_ends', { expected }) : said('fault.formula', { found, expected }),
    language,
  );
}

/** Some of the sentences that are put in end by themselves. */
function withoutStop(text: string): string {
  return text.replace(/[.。]$/, '');
}

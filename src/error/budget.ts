import { type BudgetName, budgets } from './budgets.ts';
import { StudyError } from './study-error.ts';

const limits: Record<BudgetName, number> = { ...budgets };

/** The limit that holds now. */
export function limitOf(name: BudgetName): number {
  return limits[name];
}

/** Sets other limits, from now on: called once, by whatever starts the program or a part of it. */
export function setBudgets(given: Readonly<Partial<Record<BudgetName, number>>>): void {
  Object.assign(limits, budgets, given);
}

/**
 * Refuses what is beyond a budget.
 * @param where the place in words of the user's own input
 * @throws over-budget
 */
export function requireBudget(name: BudgetName, asked: number, where: string): void {
  const limit = limits[name];
  if (asked > limit) throw new StudyError('over-budget', { where, budget: name, asked, limit });
}

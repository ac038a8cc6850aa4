import type { Diagnostic } from '../../error/diagnostic.ts';
import { lazily } from '../../math/lazy.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { LossReason, PanelKeys, RowLoss, SampleLosses } from '../contract.ts';
import { lossReasons } from '../contract.ts';
import type { EventFactor, FormulaFactor, ModelFormula } from '../formula/ast.ts';
import { printFactor } from '../formula/print.ts';
import { eventClockOf } from './event/clock.ts';
import { eventLoss } from './event/sample.ts';
import { panelNotes } from './panel-notes.ts';
import type { CauseFinder, RowCause } from './row-causes.ts';
import { causeFinder } from './row-causes.ts';
import type { RowChoice } from './row-choice.ts';
import { weightExpression } from './weights.ts';

/** The rows that one model lost before singletons, by reason and by what it failed at. */
export interface SampleAccount {
  readonly dropped: SampleLosses;
  readonly lost: readonly RowLoss[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface AccountInput {
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  readonly choice: RowChoice;
  readonly where: string;
  /** Expression of the weights, and their values. */
  readonly weights: { readonly text: string; readonly values: Float64Array } | null;
  /** Columns of the covariance. */
  readonly alsoComplete: readonly string[];
  /** Whether rows without unit and time leave too. */
  readonly needsKeys: boolean;
  /** Rows that were chosen and cannot be used. */
  readonly lost: Int32Array;
}

/** What a model asks of a row, in the order in which a row's loss is laid to it. */
interface Demand {
  readonly key: string;
  readonly causeAt: (finder: CauseFinder, row: number) => RowCause | null;
}

/**
 * Lays every lost row to the first of the model's demands that it does not meet: outcome, regressors, instruments, fixed
 * effects, slopes, panel keys, weights, covariance. Models on one sample share what was found at each of them.
 */
export function sampleAccounts(input: AccountInput): (formula: ModelFormula) => SampleAccount {
  const { lost, table, panel, where } = input;
  const finder = causeFinder(table, panel, where);
  const found = new Map<string, readonly (RowCause | null)[]>();
  const causesOf = ({ key, causeAt }: Demand): readonly (RowCause | null)[] => {
    const causes = found.get(key) ?? Array.from(lost, (row) => causeAt(finder, row));
    found.set(key, causes);
    return causes;
  };
  return (formula) => {
    const open = new Set(lost.keys());
    const causes: RowCause[] = [];
    for (const demand of demandsOf(formula, input)) {
      if (open.size === 0) break;
      const own = causesOf(demand);
      for (const at of open) {
        const cause = own[at];
        if (cause === null) continue;
        open.delete(at);
        causes.push(cause);
      }
    }
    const losses = summed(causes);
    return {
      dropped: countsOf(losses, input.choice),
      lost: losses,
      diagnostics: [...undefinedNotes(losses), ...panelNotes(input, formula, causes)],
    };
  };
}

function demandsOf(formula: ModelFormula, input: AccountInput): readonly Demand[] {
  const { instrumented: iv, effects } = formula;
  const products = [...formula.products, ...(iv?.endogenous ?? []), ...(iv?.instruments ?? [])];
  const column = (reason: LossReason, name: string): Demand => ({
    key: `${reason} ${name}`,
    causeAt: (finder, row) => finder.ofColumn(name, row, reason),
  });
  return [
    ...[formula.outcome, ...products.flat()].map(factorDemand),
    ...effects.flatMap((effect) => effect.names).map((name) => column('missing', name)),
    ...effects.flatMap((effect) => effect.slopes).map((name) => expressionDemand(name, { kind: 'name', name })),
    ...(input.needsKeys && input.panel !== null ? [input.panel.unit, input.panel.time] : []).map((name) =>
      column('missing', name),
    ),
    ...(input.weights === null ? [] : [weightDemand(input.weights, input.table)]),
    ...input.alsoComplete.map((name) => column('cluster', name)),
    ...formula.products.flat().flatMap((factor) => (factor.kind === 'event' ? [comparisonDemand(factor, input)] : [])),
  ];
}

function factorDemand(factor: FormulaFactor): Demand {
  return { key: `factor ${printFactor(factor)}`, causeAt: (finder, row) => finder.ofFactor(factor, row) };
}

function expressionDemand(name: string, expression: Parameters<CauseFinder['ofExpression']>[0]): Demand {
  return { key: `expression ${name}`, causeAt: (finder, row) => finder.ofExpression(expression, row) };
}

/** What is left when a row meets all else: a treatment without a before, or without anybody to compare with. */
function comparisonDemand(factor: EventFactor, { table, panel, where, choice, lost }: AccountInput): Demand {
  const kept = lazily(() => {
    const { cohorts } = eventClockOf(table, panel, factor, where);
    const gone = new Set(lost);
    const found = new Set<number>();
    const chosen = choice.rows ?? cohorts.keys();
    for (const row of chosen) if (!gone.has(row)) found.add(cohorts[row]);
    return found;
  });
  return {
    key: `comparison ${printFactor(factor)}`,
    causeAt: (_, row) => {
      const clock = eventClockOf(table, panel, factor, where);
      return { reason: eventLoss(clock, row, (cohort) => kept().has(cohort)), name: factor.cohort ?? factor.period };
    },
  };
}

function weightDemand({ text, values }: NonNullable<AccountInput['weights']>, table: ColumnTable): Demand {
  const expression = weightExpression(text, table.names);
  return {
    key: 'weights',
    causeAt: (finder, row) => {
      if (values[row] === 0) return { reason: 'weight_zero', name: text };
      const cause = finder.ofExpression(expression, row);
      return cause?.reason === 'missing' ? { ...cause, reason: 'weight_missing' } : cause;
    },
  };
}

function summed(causes: readonly RowCause[]): readonly RowLoss[] {
  const rows = new Map<string, RowLoss>();
  for (const { reason, name } of causes) {
    const key = `${reason} ${name}`;
    rows.set(key, { reason, name, rows: (rows.get(key)?.rows ?? 0) + 1 });
  }
  return inOrder([...rows.values()]);
}

/** Losses as a result has them: by reason, the larger first. */
export function inOrder(losses: readonly RowLoss[]): readonly RowLoss[] {
  return [...losses].sort((a, b) => lossReasons.indexOf(a.reason) - lossReasons.indexOf(b.reason) || b.rows - a.rows);
}

/** Rows lost by reason, before singletons. */
export function countsOf(losses: readonly RowLoss[], { where, split }: Omit<RowChoice, 'rows'>): SampleLosses {
  const further: Partial<Record<LossReason, number>> = {};
  for (const { reason, rows } of losses) further[reason] = (further[reason] ?? 0) + rows;
  const { missing, ...others } = further;
  return { missing: missing ?? 0, singleton: 0, where, ...(split > 0 ? { split } : {}), ...others };
}

/** A warning for each function that has no value in some row. */
export function undefinedNotes(losses: readonly RowLoss[]): readonly Diagnostic[] {
  return losses
    .filter(({ reason }) => reason === 'undefined')
    .map(({ name, rows }) => ({ code: 'rows-undefined', severity: 'warning', detail: { name, count: rows } }));
}

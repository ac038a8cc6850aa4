import { nothingKnown } from '../../audit/claims.ts';
import { nameKey } from '../../audit/columns.ts';
import type { Coefficient, Column, GroupFact, Printed, TableSet, VariableFact } from '../../audit/contract.ts';
import { readPrinted } from '../../audit/interval.ts';
import type { AuditFacts } from '../language/published-schema.ts';

// Parts that both written forms of a table set come to.

/** p below which one, two and three stars stand, where nothing else is said. */
export const usualLevels: readonly number[] = [0.1, 0.05, 0.01];

/** What a cell prints. */
interface WrittenCell {
  readonly term: string;
  readonly estimate: string;
  /** What stands in parentheses below it. */
  readonly below: string | null;
  readonly error?: string | null;
  readonly p?: string | null;
  readonly interval?: readonly string[] | null;
}

/** A coefficient from its texts; null where its estimate is no number. */
export function coefficientOf(written: WrittenCell, isError: boolean): Coefficient | null {
  const estimate = readPrinted(written.estimate);
  if (estimate === null) return null;
  const number = (text: string | null | undefined): Printed | null => (text == null ? null : readPrinted(text));
  const below = number(written.below);
  const [low, high] = (written.interval ?? []).map(number);
  return {
    term: written.term,
    estimate: { ...estimate, text: written.estimate.replace(/[*\s]+$/, '').trim() },
    stars: written.estimate.split('*').length - 1,
    statistic: isError ? null : below,
    error: isError ? below : number(written.error),
    p: number(written.p),
    interval: low == null || high == null ? null : [low, high],
  };
}

/** Whether what stands in parentheses is a standard error. */
export function isErrorWord(statistic: string | null | undefined, note: string | null | undefined): boolean {
  const said = statistic ?? note ?? '';
  return /^se\b|s\.e\.|standard error|std\.? ?err/i.test(said);
}

/** A group of a file of facts. */
export function groupsOf({ groups }: Pick<AuditFacts, 'groups'>): readonly GroupFact[] {
  return Object.entries(groups).map(([sample, group]) => ({ sample, ...group }));
}

export function variablesOf({ variables }: Pick<AuditFacts, 'variables'>): Readonly<Record<string, VariableFact>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, fact]) => {
      const { band, of, alternatives } = fact;
      const own: VariableFact = {
        ...nothingKnown,
        kind: fact.kind ?? null,
        name: fact.name ?? null,
        unit: fact.unit ?? null,
        band: band === undefined ? null : { low: band[0], high: band[1], of },
        alternatives: alternatives.map((one) => ({ ...one, band: { low: one.band[0], high: one.band[1] } })),
        isNeverZero: fact.never_zero,
        source: fact.source ?? null,
      };
      return [nameKey(name), own];
    }),
  );
}

/** A set with what a file of facts says over it. */
export function withFacts(set: TableSet, facts: AuditFacts): TableSet {
  const { panel } = facts;
  return {
    ...set,
    levels: facts.stars === undefined ? set.levels : [...facts.stars].sort((a, b) => b - a),
    panel: { units: panel?.units ?? set.panel.units, periods: panel?.periods ?? set.panel.periods },
    variables: { ...set.variables, ...variablesOf(facts) },
    groups: [...groupsOf(facts), ...set.groups],
    partitions: [...facts.partitions, ...set.partitions],
    nested: [...Object.entries(facts.nested).map(([outer, inner]) => [inner, outer] as const), ...set.nested],
  };
}

/** Names that titles, columns and terms use. */
export function wordsOf(titles: readonly string[], columns: readonly Column[]): readonly string[] {
  const ofColumns = columns.flatMap(({ label, outcome, model, cells }) => [
    label,
    outcome ?? '',
    model,
    ...cells.map(({ term }) => term),
  ]);
  return [...new Set([...titles, ...ofColumns])].filter((word) => word !== '');
}

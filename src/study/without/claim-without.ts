import { ownEntry } from '../../error/at.ts';
import { bareName, placesOf } from '../../model/post/differences/order.ts';
import type { ResolvedTable } from '../exhibit/catalog.ts';
import type { ResolvedRawStudy } from '../language/resolve.ts';
import type { ResolvedHypothesis, ResolvedRule } from '../language/resolved-hypothesis.ts';
import { goneIn, type Left } from './exhibit-without.ts';

/** What is left of the tables and models that claims point at. */
export interface Ruling {
  readonly left: Left;
  /** What tables that are gone would need. */
  readonly lost: ReadonlyMap<string, readonly string[]>;
  /** What tables that have lost a part would need for it. */
  readonly partly: ReadonlyMap<string, readonly string[]>;
  readonly tables: readonly ResolvedTable[];
  /** For each column of a whole table whether it is left; null where their number is only known with the data. */
  readonly columns: ReadonlyMap<string, readonly boolean[] | null>;
}

interface RuleLeft<Rule> {
  /** Null: it cannot be judged. */
  readonly rule: Rule | null;
  readonly needs: readonly string[];
}

/** A claim as far as it can be judged: none of it without its own rule, no stricter rule without what that one needs. */
export function claimWithout(
  claim: ResolvedHypothesis,
  ruling: Ruling,
): {
  readonly left: ResolvedHypothesis | null;
  readonly own: RuleLeft<unknown>;
  readonly stricter: RuleLeft<unknown> | null;
} {
  const own = ruleWithout(claim, ruling);
  const stricter = claim.stricter === null ? null : ruleWithout(claim.stricter, ruling);
  return { left: own.rule === null ? null : { ...own.rule, stricter: stricter?.rule ?? null }, own, stricter };
}

function ruleWithout<Rule extends ResolvedRule>(
  rule: Rule,
  { left, lost, partly, columns, tables }: Ruling,
): RuleLeft<Rule> {
  const nothing = (needs: readonly string[]): RuleLeft<Rule> => ({ rule: null, needs: [...new Set(needs)] });
  const texts = [...('term' in rule ? [rule.term] : []), ...('mediator' in rule ? [rule.mediator] : [])];
  const named = texts.flatMap((text) => goneIn(text, left));
  const model = 'model' in rule ? left.models.get(rule.model) : undefined;
  const needs = [
    ...named,
    ...(model?.model === null ? model.needs : []),
    ...('table' in rule ? (lost.get(rule.table) ?? []) : []),
    ...('order' in rule
      ? groupsGone(rule.order, 'model' in rule ? rule.model : modelOfTable(rule.table, tables), left)
      : []),
  ];
  if (needs.length > 0) return nothing(needs);
  if (!('columns' in rule) || rule.columns === null) return { rule, needs: [] };
  const whole = columns.get(rule.table) ?? null;
  const losses = partly.get(rule.table) ?? [];
  if (losses.length === 0) return { rule, needs: [] };
  if (whole === null || rule.columns.some((column) => whole[column - 1] !== true)) return nothing(losses);
  return { rule: { ...rule, columns: rule.columns.map((column) => newNumber(whole, column)) }, needs: [] };
}

/** The one model whose parts a table compares; null: there is none. */
function modelOfTable(id: string, tables: readonly ResolvedTable[]): string | null {
  const table = tables.find((one) => one.id === id);
  return table !== undefined && 'models' in table && table.models.length === 1 ? (table.models[0] ?? null) : null;
}

/** What an order would need of a model that has lost parts of the panel: those it names, or all where it names them by number or `*`. */
function groupsGone(order: string, id: string | null, { models, whole }: Left): readonly string[] {
  const all = id === null ? undefined : ownEntry(whole, id)?.samples;
  const left = id === null ? undefined : models.get(id);
  const kept = left?.model?.samples;
  if (all === undefined || kept === undefined || kept.length === all.length) return [];
  const isKept = (name: string): boolean =>
    kept.some(({ label, where }) => [label?.en, label?.zh, where?.text].includes(bareName(name)));
  return placesOf(order).flat().every(isKept) ? [] : (left?.needs ?? []);
}

/** The coefficient of the first screen, where its column is left. */
export function headlineWithout(
  { report: { headline } }: ResolvedRawStudy,
  { left, lost, partly, columns }: Ruling,
): { readonly left: ResolvedRawStudy['report']['headline']; readonly needs: readonly string[] } {
  if (headline === null) return { left: null, needs: [] };
  const needs = [...new Set([...(lost.get(headline.table) ?? []), ...goneIn(headline.term, left)])];
  if (needs.length > 0) return { left: null, needs };
  const whole = columns.get(headline.table) ?? null;
  const losses = partly.get(headline.table) ?? [];
  if (losses.length === 0) return { left: headline, needs: [] };
  const column = headline.column === 'last' ? (whole?.length ?? 0) : headline.column;
  if (whole?.[column - 1] !== true) return { left: null, needs: losses };
  return { left: { ...headline, column: newNumber(whole, column) }, needs: [] };
}

/** The number of a column among those that are left. */
const newNumber = (whole: readonly boolean[], column: number): number => whole.slice(0, column).filter(Boolean).length;

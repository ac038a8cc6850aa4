import type { AuditResult, Finding, Pass, Place, RuleId } from '../../../audit/contract.ts';
import { auditEn } from '../../format/audit/en.ts';
import { auditZh } from '../../format/audit/zh.ts';
import { bilingualSentence } from '../../format/format-text.ts';
import type { Phrase, Text } from '../contract.ts';

/** Key of a fixed text of an audit. */
export type AuditKey = keyof typeof auditEn;

/** A sentence of an audit in both languages at once. */
export function told(key: AuditKey, values: NonNullable<Phrase['values']> = {}): Exclude<Text, string | Phrase> {
  return bilingualSentence({ en: auditEn[key], zh: auditZh[key] }, values);
}

/** @throws RangeError for a code without a sentence, which a test finds */
function keyed(key: string): AuditKey {
  if (!Object.hasOwn(auditEn, key)) throw new RangeError(`no sentence for ${key}`);
  return key as AuditKey; // it is a key of the texts
}

/** What cannot both hold, with the arithmetic. */
export function saysOf({ code, values }: Pick<Finding, 'code' | 'values'>) {
  const named = Object.entries(values).map(([slot, value]) => [
    slot,
    slot === 'table' || slot === 'small' ? numberOf(String(value)) : value,
  ]);
  return told(keyed(code), Object.fromEntries(named));
}

/** The number of a table in its id: 3 of `table3`. */
const numberOf = (table: string): string => table.replace(/^table(?=\d)/i, '');

/** The convention that a rule assumes. */
export function conventionOf(rule: RuleId) {
  return told(keyed(`${rule.toLowerCase()}.convention`));
}

/** What a rule is about. */
export function aboutOf(rule: RuleId) {
  return told(keyed(`${rule.toLowerCase()}.about`));
}

/** What would have to be true. */
export function wouldOf({ code, values }: Pick<Finding, 'code' | 'values'>) {
  return told(keyed(`${code}.would`), values);
}

/** Letters of a sentence of the text that a place shows. */
const shownQuote = 90;

/** Table, column, row and sentence. */
export function placeText({ table, column, term, quote }: Place): Text {
  const cut = quote !== null && quote.length > shownQuote ? `${quote.slice(0, shownQuote)}…` : quote;
  const inTable: Text = table === null ? told('place_all') : told('place_table', { table: numberOf(table) });
  const inColumn = column === null ? inTable : told('place_column', { table: inTable, column });
  const inRow = term === null ? inColumn : told('place_term', { place: inColumn, term });
  return cut === null ? inRow : told('place_quote', { place: inRow, quote: cut });
}

/** A finding as one paragraph. */
export function findingText(one: Finding): Text {
  return told('item', {
    rule: one.rule,
    place: placeText(one.place),
    says: saysOf(one),
    convention: conventionOf(one.rule),
    would: told('would', { would: wouldOf(one) }),
  });
}

/** A finding without its convention. */
export function shortText(one: Finding): Text {
  return told('item_short', { rule: one.rule, place: placeText(one.place), says: saysOf(one) });
}

/** A check that holds and proves something. */
export function proofText(pass: Pass): Text {
  return told('proof', { place: placeText(pass.place), says: saysOf({ code: pass.code ?? '', values: pass.values }) });
}

/** How many findings there are of each severity, and checks that hold. */
export function countsOf({ findings, passes }: AuditResult) {
  const of = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  return { a: of('A'), b: of('B'), c: of('C'), passes: passes.length };
}

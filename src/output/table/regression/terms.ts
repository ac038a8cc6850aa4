import { nearestName } from '../../../error/nearest-name.ts';
import { type Said, said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import type { TableLayout } from '../../layout/contract.ts';
import { withoutQuotes } from '../../layout/typed-parts.ts';
import type { Label, Text } from '../contract.ts';
import { termsInOrder } from '../term-order.ts';
import { calledBy, isWordOf, type VariableNames } from '../variable-names.ts';
import type { RegressionTableSpec } from './contract.ts';

/** A term with what it is called, and the head that it stands below. */
export interface ShownTerm {
  readonly term: string;
  readonly label: Text;
  readonly head: Label | null;
}

/** A term with what it is called. */
type NamedTerm = Pick<ShownTerm, 'term' | 'label'>;

const constant = '(Intercept)';
/** The constant as people type it. */
const constantNames = ['_cons', 'constant', constant];

/**
 * Terms in printed order: those that the spec lists and some model has, then the others in model order, a constant that is not listed
 * last; of these what the layout keeps, in its order, grouped and renamed as it says.
 * @throws bad-option for a name or pattern that no term of the models has, and for a term below two heads
 */
export function shownTerms(
  spec: Pick<RegressionTableSpec, 'terms' | 'names'>,
  models: readonly ModelResult[],
  layout: TableLayout,
): readonly ShownTerm[] {
  const all = orderedTerms(spec, models);
  const names = all.map(({ term }) => term);
  const [unknown] = unknownTerms(layout, names);
  if (unknown !== undefined) {
    const { option, name: value } = unknown;
    const typed = names.map((name) => (name === constant ? '_cons' : name));
    const expected = said('expected.term_of_table', { names: typed.join(', ') });
    throw new StudyError('bad-option', { option, value, expected, suggestion: nearestName(value, typed) });
  }
  const named = (patterns: readonly string[]): readonly (readonly string[])[] =>
    patterns.map((pattern) => names.filter((name) => fits(name, pattern)));
  const kept = layout.keep.length === 0 ? new Set(names) : new Set(named(layout.keep).flat());
  const dropped = new Set(named(layout.drop).flat());
  const emptied = layout.keep.find((_, i) => named(layout.keep)[i]?.every((term) => dropped.has(term)) === true);
  if (emptied !== undefined)
    throw wrongTerms('drop', layout.drop.join(', '), said('expected.some_kept', { name: emptied }));
  const ranks = named(layout.order);
  const rankOf = (term: string): number => {
    const rank = ranks.findIndex((one) => one.includes(term));
    return rank < 0 ? ranks.length : rank;
  };
  const heads = layout.groups.map(({ label, terms }) => ({ label, terms: [...new Set(named(terms).flat())] }));
  const headed = heads.flatMap(({ terms }) => terms);
  const twice = headed.find((term, i) => headed.indexOf(term) < i);
  if (twice !== undefined) throw wrongTerms('group', twice, said('expected.one_head'));
  const renamed = renamedTerms(all, layout.rename, spec.names ?? {});
  const shown = withOwnLabels(renamed, layout.rename)
    .filter(({ term }) => kept.has(term) && !dropped.has(term))
    .map((one) => ({ ...one, head: heads.find(({ terms }) => terms.includes(one.term))?.label ?? null }))
    .sort((a, b) => rankOf(a.term) - rankOf(b.term));
  return together(shown);
}

/** @throws bad-option where a row that was renamed is called as another one is */
function withOwnLabels(terms: readonly NamedTerm[], rename: TableLayout['rename']): readonly NamedTerm[] {
  for (const label of Object.values(rename)) {
    const [first, second] = terms.filter((one) => JSON.stringify(one.label) === JSON.stringify(label));
    if (first === undefined || second === undefined) continue;
    const shown = typeof label === 'string' ? label : label.en;
    const expected = said('expected.own_label', { label: shown, first: first.term, second: second.term });
    throw wrongTerms('rename', shown, expected);
  }
  return terms;
}

function wrongTerms(option: string, value: string, expected: Said): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}

/** Names and patterns of a layout that no term has, each with its word. */
export function unknownTerms(
  { keep, drop, order, rename, groups }: Pick<TableLayout, 'keep' | 'drop' | 'order' | 'rename' | 'groups'>,
  terms: readonly string[],
): readonly { readonly option: string; readonly name: string }[] {
  const none = (option: string, patterns: readonly string[], isMeant: typeof fits) =>
    patterns.flatMap((name) => (terms.some((term) => isMeant(term, name)) ? [] : [{ option, name }]));
  return [
    ...none('keep', keep, fits),
    ...none('drop', drop, fits),
    ...none('order', order, fits),
    ...groups.flatMap((group) => none('group', group.terms, fits)),
    ...none('rename', Object.keys(rename), (term, name) => fits(term, name) || isWordOf(name, term)),
  ];
}

/** Terms of a head stand together, where its first one stands. */
function together(terms: readonly ShownTerm[]): readonly ShownTerm[] {
  const keyOf = ({ term, head }: ShownTerm): string =>
    head === null ? `term ${term}` : `head ${JSON.stringify(head)}`;
  const keys = [...new Set(terms.map(keyOf))];
  return keys.flatMap((key) => terms.filter((one) => keyOf(one) === key));
}

/** Whether a name is meant by a name or a pattern: `*` stands for any letters. */
function fits(term: string, typed: string): boolean {
  const [name, pattern] = [bare(term), bare(typed)];
  if (term === typed || name === pattern || (term === constant && constantNames.includes(pattern))) return true;
  if (!pattern.includes('*')) return false;
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}

/** A term without the quotes and blanks that may be typed or not: `l(x,1)`. */
function bare(text: string): string {
  return text.includes('`') ? withoutQuotes(text) : text.replace(/\s+/g, '');
}

/**
 * Labels as an author renamed them: a term by its own new name, else what it is made of by the new names of that, and by those of the
 * file where it has no others.
 */
function renamedTerms(
  terms: readonly NamedTerm[],
  rename: TableLayout['rename'],
  names: VariableNames,
): readonly NamedTerm[] {
  const entries = Object.entries(rename);
  return terms.map((one) => {
    const own = entries.find(([name]) => !name.includes('*') && fits(one.term, name));
    if (own !== undefined) return { ...one, label: own[1] };
    if (!entries.some(([name]) => isWordOf(name, one.term))) return one;
    return { ...one, label: calledBy(one.term, { ...names, ...rename }) ?? one.label };
  });
}

/** Listed terms that some model has, then the others in model order; a constant that is not listed comes last. */
function orderedTerms(
  spec: Pick<RegressionTableSpec, 'terms' | 'names'>,
  models: readonly ModelResult[],
): readonly NamedTerm[] {
  const present = new Set(models.flatMap((model) => [...model.coef.map((c) => c.term), ...model.collinear]));
  const listed = spec.terms.filter((entry) => present.has(entry.term));
  for (const entry of listed) present.delete(entry.term);
  const hasConstant = present.delete(constant);
  const names = ownNames(spec.names ?? {}, [...present]);
  const others = apart(termsInOrder(present).map((term) => ({ term, label: calledBy(term, names) ?? term })));
  return [...listed, ...others, ...(hasConstant ? [{ term: constant, label: { key: 'row.constant' } as const }] : [])];
}

/** Names for some terms: variables in them that are called the same have their names behind their labels, in products as well. */
function ownNames(names: VariableNames, terms: readonly string[]): VariableNames {
  const used = Object.entries(names).filter(([name]) => terms.some((term) => isWordOf(name, term)));
  const labels = used.map(([, label]) => JSON.stringify(label));
  const repeated = used.filter((_, i) => labels.indexOf(labels[i] ?? '') !== labels.lastIndexOf(labels[i] ?? ''));
  const told = repeated.flatMap(([name, label]) => {
    if (typeof label === 'string') return [[name, behind({ en: label, zh: label }, name)] as const];
    return 'key' in label ? [] : [[name, behind(label, name)] as const];
  });
  return { ...names, ...Object.fromEntries(told) };
}

function behind({ en, zh }: Exclude<Label, string>, name: string): Label {
  return { en: `${en} (${name})`, zh: `${zh}（${name}）` };
}

/** Terms that a file calls the same have their names behind their labels. */
function apart(terms: readonly NamedTerm[]): readonly NamedTerm[] {
  const keyOf = ({ label }: NamedTerm): string => JSON.stringify(label);
  const keys = terms.map(keyOf);
  const repeated = new Set(keys.filter((key, i) => keys.indexOf(key) !== i));
  return terms.map((one) =>
    repeated.has(keyOf(one))
      ? { ...one, label: { key: 'row.label_of', values: { label: one.label, name: one.term } } }
      : one,
  );
}

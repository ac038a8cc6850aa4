import { ownEntry } from '../../error/at.ts';
import { namesInTerms } from '../../model/formula/formula-names.ts';
import { columnsIn } from '../../table/condition/ast.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable, tableKindOf } from '../exhibit/catalog.ts';
import type { FigureStudy } from '../exhibit/contract.ts';
import type { ResolvedModel } from '../language/resolve-models.ts';
import type { Gone, ModelLeft } from './contract.ts';

/** What is left of the study that tables and figures point into. */
export interface Left extends Gone {
  readonly models: ReadonlyMap<string, ModelLeft<ResolvedModel>>;
  /** The models as they are written. */
  readonly whole: Readonly<Record<string, ResolvedModel>>;
}

/** What is left of a table or a figure, and which measures the rest would need. */
export interface ExhibitLeft<Exhibit> {
  /** Null: nothing of it can be made. */
  readonly exhibit: Exhibit | null;
  readonly needs: readonly string[];
  /** Variables that a table of statistics loses. */
  readonly rows: readonly string[];
}

/** Measures in a text that names variables: an expression, a term, a list. A text of another language names none. */
export function goneIn(text: string, { variables }: Gone): readonly string[] {
  try {
    return [...new Set(namesInTerms([text]))].filter((name) => variables.has(name));
  } catch {
    return [];
  }
}

/**
 * A table with the variables, models and members that can be had. The keys by which kinds of tables point at these are the same in
 * all of them (a test goes through every kind).
 */
export function tableWithout(table: ResolvedTable, left: Left): ExhibitLeft<ResolvedTable> {
  const own: Record<string, unknown> = { ...table };
  const needs = new Set<string>();
  const rows: string[] = [];
  let isGone = tableKindOf(table).isOfRaw === true && left.counted.length > 0;
  if (isGone) for (const id of left.counted) needs.add(id);
  const keep = <T>(key: string, all: readonly T[], textsOf: (one: T) => readonly string[], least: number): T[] => {
    const kept = all.filter((one) => {
      const lost = textsOf(one);
      for (const id of lost) needs.add(id);
      return lost.length === 0;
    });
    if (kept.length < all.length) own[key] = kept;
    if (kept.length < all.length && kept.length < least) isGone = true;
    return kept;
  };
  if ('variables' in table) {
    const kept = keep('variables', table.variables, (one) => goneIn(one, left), table.kind === 'correlations' ? 2 : 1);
    rows.push(...table.variables.filter((one) => !kept.includes(one)));
  }
  if ('terms' in table) keep('terms', table.terms, (one) => goneIn(one, left), 0);
  if ('models' in table) {
    for (const id of table.models.flatMap((model) => left.models.get(model)?.needs ?? [])) needs.add(id);
    keep('models', table.models, (id) => lostModel(id, left), 1);
  }
  if ('family' in table) {
    keep('family', table.family, ({ model, term }) => [...lostModel(model, left), ...goneIn(term, left)], 1);
  }
  const fault = left.faults.find(({ kind, id }) => kind === 'table' && id === table.id);
  for (const id of [...needsOfPointers(table, left), ...(fault === undefined ? [] : [fault.need])]) {
    needs.add(id);
    isGone = true;
  }
  // A single column has nothing to be compared with.
  if (table.kind === 'differences' && needs.size > 0 && table.models.flatMap((id) => columnsLeft(id, left)).length < 2)
    isGone = true;
  // The same kind of table with fewer entries in its lists.
  return { exhibit: isGone ? null : (own as unknown as ResolvedTable), needs: [...needs], rows: isGone ? [] : rows };
}

/** A figure with the models and claims that can be had. @param lost what tables that are gone would need, by id */
export function figureWithout(
  figure: ResolvedFigure,
  left: Left,
  {
    study,
    lost,
    claims,
  }: {
    readonly study: FigureStudy;
    readonly lost: ReadonlyMap<string, readonly string[]>;
    readonly claims: ReadonlyMap<string, readonly string[]>;
  },
): ExhibitLeft<ResolvedFigure> {
  const own: Record<string, unknown> = { ...figure };
  const isOfAll = figureKindOf(figure).isOfAll === true;
  const tables = isOfAll ? [] : figureKindOf(figure).tables(figure, study);
  const fault = left.faults.find(({ kind, id }) => kind === 'figure' && id === figure.id);
  const itself = fault === undefined ? [] : [fault.need];
  const needs = new Set([...itself, ...needsOfPointers(figure, left), ...tables.flatMap((id) => lost.get(id) ?? [])]);
  let isGone = needs.size > 0;
  const keep = (key: string, all: readonly string[], lostOf: (id: string) => readonly string[]): void => {
    const kept = all.filter((id) => lostOf(id).length === 0);
    if (kept.length === all.length) return;
    for (const id of all.flatMap(lostOf)) needs.add(id);
    own[key] = kept;
    if (kept.length === 0) isGone = true;
  };
  if ('models' in figure && Array.isArray(figure.models)) keep('models', figure.models, (id) => lostModel(id, left));
  if ('models' in figure && typeof figure.models === 'string' && lostModel(figure.models, left).length > 0) {
    for (const id of lostModel(figure.models, left)) needs.add(id);
    isGone = true;
  }
  if (isOfAll) {
    const all = 'hypotheses' in figure ? figure.hypotheses : undefined;
    keep('hypotheses', all ?? study.hypotheses.map(({ id }) => id), (id) => claims.get(id) ?? []);
  }
  // The same kind of figure with fewer entries in its lists.
  return { exhibit: isGone ? null : (own as unknown as ResolvedFigure), needs: [...needs], rows: [] };
}

/** Measures that what an exhibit is about as a whole would need: its model, its variable, its term. */
function needsOfPointers(exhibit: ResolvedTable | ResolvedFigure, left: Left): readonly string[] {
  const pointers: Record<string, unknown> = { ...exhibit };
  const textOf = (key: string): readonly string[] => {
    const value = pointers[key];
    return typeof value === 'string' ? [value] : [];
  };
  const isOfParts = 'number' in exhibit && tableKindOf(exhibit).isOfParts === true;
  return [
    ...textOf('model').flatMap((id) => (isOfParts ? goneInParts(id, left) : lostModel(id, left))),
    ...['variable', 'mediator', 'term'].flatMap(textOf).flatMap((text) => goneIn(text, left)),
  ];
}

/** Measures by which the parts of the panel of a model are told apart. */
function goneInParts(id: string, { whole, variables }: Left): readonly string[] {
  const conditions = (ownEntry(whole, id)?.samples ?? []).flatMap(({ where }) =>
    where === null ? [] : columnsIn(where.tree),
  );
  return [...new Set(conditions)].filter((name) => variables.has(name));
}

/** The columns of a model that are left; two where their number is only known with the data. */
function columnsLeft(id: string, { models }: Left): readonly boolean[] {
  const left = models.get(id);
  if (left === undefined || left.model === null) return [];
  return left.columns?.filter((isLeft) => isLeft) ?? [true, true];
}

/** What a model would need of which no column can be had; nothing where one can. */
function lostModel(id: string, { models }: Left): readonly string[] {
  const left = models.get(id);
  return left === undefined || left.model !== null ? [] : left.needs;
}

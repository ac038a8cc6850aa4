import { z } from 'zod';
import { addedVariable } from './added-variable.ts';
import { coefficients } from './coefficients.ts';
import type { FigureKind, TableHead, TableKind } from './contract.ts';
import { correlations } from './correlations.ts';
import { countedWords } from './counted-words.ts';
import { dfbeta } from './dfbeta.ts';
import { eventStudy } from './event-study.ts';
import { family } from './family.ts';
import { framework } from './framework.ts';
import { balance, groups } from './group-tables.ts';
import { map } from './map.ts';
import { margins, mediationSensitivity } from './mechanism-figures.ts';
import { differences } from './model-differences.ts';
import { panelTests } from './panel-tests.ts';
import { placebo } from './placebo.ts';
import { placeboDates, placeboEarlier } from './placebo-dates.ts';
import { regression } from './regression/kind.ts';
import { specificationFigureKind } from './specification-figure.ts';
import { subsamples } from './subsamples.ts';
import { summary } from './summary.ts';
import {
  thresholdDensity,
  thresholdLikelihood,
  thresholdPaths,
  thresholdShares,
  thresholdSlopes,
  thresholdUnits,
} from './threshold-figures.ts';
import { thresholds } from './thresholds.ts';
import { trends } from './trends.ts';
import { variants } from './variants.ts';

/** Every kind of table, in the order of the docs. */
export const tableKinds = [
  countedWords,
  summary,
  correlations,
  groups,
  balance,
  panelTests,
  regression,
  thresholds,
  family,
  differences,
  variants,
] as const;

/** Every kind of figure. */
export const figureKinds = [
  framework,
  coefficients,
  addedVariable,
  eventStudy,
  placebo,
  placeboDates,
  placeboEarlier,
  dfbeta,
  thresholdLikelihood,
  thresholdUnits,
  thresholdShares,
  thresholdSlopes,
  thresholdDensity,
  thresholdPaths,
  margins,
  mediationSensitivity,
  specificationFigureKind,
  subsamples,
  trends,
  map,
] as const;

type Schemas<Kinds extends readonly { readonly schema: unknown }[]> = { [K in keyof Kinds]: Kinds[K]['schema'] };

function schemasOf<const Kinds extends readonly { readonly schema: unknown }[]>(kinds: Kinds): Schemas<Kinds> {
  return kinds.map(({ schema }) => schema) as unknown as Schemas<Kinds>; // map keeps the length and order of a tuple
}

export const tableSchema = z.discriminatedUnion('kind', schemasOf(tableKinds)).describe('A table.');
export const figureSchema = z.discriminatedUnion('kind', schemasOf(figureKinds)).describe('A figure.');

export type TableSpec = z.output<typeof tableSchema>;
export type FigureSpec = z.output<typeof figureSchema>;
/** A table with its defaults visible. */
export type ResolvedTable = Parameters<(typeof tableKinds)[number]['make']>[0];
/** A figure with its title in both languages. */
export type ResolvedFigure = Parameters<(typeof figureKinds)[number]['make']>[0];

/** A kind as whoever does not know which one it is uses it. */
type AnyTableKind = TableKind<TableSpec, ResolvedTable & TableHead, unknown>;
type AnyFigureKind = FigureKind<FigureSpec>;

/** The kind of a table: it is given tables of its own kind alone, and what it made of them. */
export function tableKindOf({ kind }: { readonly kind: string }): AnyTableKind {
  return kindOf(tableKinds, kind) as unknown as AnyTableKind; // the schema chose the kind by the very key that is looked up
}

export function figureKindOf({ kind }: { readonly kind: string }): AnyFigureKind {
  return kindOf(figureKinds, kind) as unknown as AnyFigureKind; // the schema chose this kind as well
}

function kindOf<Kind extends { readonly kind: string }>(kinds: readonly Kind[], kind: string): Kind {
  const found = kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new RangeError(`no kind of exhibit is called ${kind}`);
  return found;
}

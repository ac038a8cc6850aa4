import type { BilingualText, IndicatorDefinition } from '../../data/source/contract.ts';
import { declaredUnit } from '../../data/source/declared-unit.ts';
import { writtenOut } from '../../data/source/header-patterns.ts';
import type { DeclaredUnit } from '../../data/source/unit.ts';
import type { MeasureDefinition, Pack } from '../../domain/contract.ts';
import { domains } from '../../domain/domains.ts';
import { said } from '../../error/said.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { formulaFaults } from './check-formulas.ts';
import { type KeyPath, type PlacelessFault, unknownName, unknownNames } from './faults.ts';
import { readYaml } from './read-yaml.ts';
import { measuresSchema, packSchema, type RawSeriesSpec, seriesSchema } from './spec-pack.ts';

/** A text with the name that messages call it by. */
export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** The files of a pack; those that it does not have are null. */
export interface PackTexts {
  readonly pack: NamedText;
  readonly series: NamedText | null;
  readonly measures: NamedText | null;
}

/**
 * Reads a pack: shape, then the names that must exist.
 * @throws study-invalid with every fault of the first file that has any, each with line and column
 */
export function parsePack({ pack, series, measures }: PackTexts): Pack {
  const head = readYaml(pack.text, pack.file, packSchema, ({ domain }) => domainFaults(domain));
  const listed = series === null ? head.series : readYaml(series.text, series.file, seriesSchema);
  const tables = Object.fromEntries(
    Object.entries(listed).map(([kind, all]) => [kind, Object.entries(all).map(([id, one]) => indicatorOf(id, one))]),
  );
  const known = [...Object.values(tables).flatMap((all) => all.map(({ id }) => id)), ...Object.keys(head.derived)];
  readYaml(pack.text, pack.file, packSchema, ({ definitions }) => definitionFaults(definitions, known));
  const check = (all: typeof head.measures, path: KeyPath): PlacelessFault[] =>
    Object.entries(all).flatMap(([id, { formula, option }]) => [
      ...nameFaults([...path, id, 'formula'], formula, known),
      ...Object.entries(option?.formulas ?? {}).flatMap(([value, text]) =>
        nameFaults([...path, id, 'option', 'formulas', value], text, known),
      ),
    ]);
  const defined =
    measures === null
      ? readYaml(pack.text, pack.file, packSchema, (one) => check(one.measures, ['measures'])).measures
      : readYaml(measures.text, measures.file, measuresSchema, (all) => check(all, []));
  return {
    id: head.id,
    title: bilingualText(head.title),
    unit: head.unit,
    domain: head.domain ?? null,
    tables,
    definitions: head.definitions.map(({ series: target, formula, digits }) => ({
      target,
      formula,
      digits: digits ?? null,
    })),
    derived: Object.entries(head.derived).map(([id, { label, unit, method, source }]) => ({
      id,
      label: bilingualText(label),
      unit: unitOf(unit),
      method: bilingualText(method),
      source,
    })),
    measures: Object.entries(defined).map(
      ([id, one]): MeasureDefinition => ({
        id,
        label: bilingualText(one.label),
        unit: bilingualText(one.unit),
        formula: one.formula,
        source: bilingualText(one.source),
        missing: one.missing,
        ...(one.possible === undefined ? {} : { bounds: one.possible }),
        ...(one.note === undefined ? {} : { note: bilingualText(one.note) }),
        ...(one.option === undefined ? {} : { option: one.option }),
      }),
    ),
    groups: Object.fromEntries(
      Object.entries(head.groups).map(([id, { column, flag, number }]) => [
        id,
        { column, isFlag: flag, ...(number ? { isNumber: true } : {}) },
      ]),
    ),
    fuels: head.fuels ?? null,
  };
}

function domainFaults(domain: string | undefined): PlacelessFault[] {
  if (domain === undefined || Object.hasOwn(domains, domain)) return [];
  return [unknownName(['domain'], said('noun.domain'), domain, Object.keys(domains))];
}

/** A definition says one known series by others. */
function definitionFaults(
  definitions: readonly { readonly series: string; readonly formula: string }[],
  known: readonly string[],
): PlacelessFault[] {
  return definitions.flatMap(({ series, formula }, i) => [
    ...unknownNames([series], said('noun.series'), known, () => ['definitions', i, 'series']),
    ...nameFaults(['definitions', i, 'formula'], formula, known),
  ]);
}

function nameFaults(path: KeyPath, formula: string, known: readonly string[]): PlacelessFault[] {
  const names = { what: said('noun.series'), names: known };
  return formulaFaults({ path, text: formula, before: 0 }, () => namesIn(parseExpression(formula)), names);
}

/** A raw series as a study or a pack writes it, its names written out. */
export function indicatorOf(id: string, written: RawSeriesSpec): IndicatorDefinition {
  const { label, unit, headers, near, units, zero_is_missing, smooth, possible, usual } = written;
  const otherConcepts = near.flatMap(writtenOut);
  return {
    id,
    label: bilingualText(label ?? id),
    unit: unitOf(unit),
    headers: [...new Set([...headers.flatMap(writtenOut), ...otherConcepts])],
    otherConcepts,
    units,
    ...(zero_is_missing ? { isZeroMissing: true } : {}),
    ...(smooth ? { isSmoothLevel: true } : {}),
    ...(possible === undefined && usual === undefined
      ? {}
      : { bounds: { ...(possible && { hard: possible }), ...(usual && { soft: usual }) } }),
  };
}

function unitOf(written: RawSeriesSpec['unit']): DeclaredUnit {
  if (typeof written === 'string') return declaredUnit({ en: written, zh: written });
  const { of, power, en, zh } = written;
  return { bases: of, power, text: { en, zh } };
}

function bilingualText(text: string | BilingualText): BilingualText {
  return typeof text === 'string' ? { en: text, zh: text } : text;
}

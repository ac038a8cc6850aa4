import { at } from '../../error/at.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type {
  LinearityTest,
  MarginalBins,
  MarginalEffect,
  MarginalLine,
  SignificantRegion,
} from '../../model/result/margins.ts';
import type { OfModel } from './after-fit-parts.ts';
import { modelCells, withModels } from './after-fit-parts.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { joinedBy, plain, tableOf, words } from './parts.ts';

/** Effects over moderators, a table each, and below it the parts of the moderator's range. */
export function marginsTables(asked: readonly OfModel<MarginalEffect>[], hasModels: boolean): readonly TableModel[] {
  return asked.flatMap((one, place) => [
    effectTable(one, place, hasModels),
    ...(one.value.bins === null ? [] : [binsTable(one, place, hasModels)]),
  ]);
}

const effectColumns: readonly TableColumn[] = [
  { id: 'value', label: { key: 'margins.value' } },
  ...coefficientColumns(false),
  { id: 'band', label: { key: 'margins.band' } },
];

function effectTable({ model, value }: OfModel<MarginalEffect>, place: number, hasModels: boolean): TableModel {
  const { treatment, moderator, second, lines } = value;
  const rows = lines.flatMap((line) =>
    line.points.map((point, p): TableRow => {
      const name: Text = { key: `margins.place_${point.place}` };
      const own = { second: second ?? '', value: shown(line.at ?? 0), place: name };
      return {
        id: `${model.id}.${line.at ?? ''}.${p}`,
        label: words(line.at === null ? name : { key: 'margins.at_second', values: own }),
        cells: [
          ...modelCells(model, hasModels),
          plain(point.value),
          ...coefficientCells(point),
          { kind: 'interval', low: point.band?.[0] ?? null, high: point.band?.[1] ?? null },
        ],
      };
    }),
  );
  return tableOf(
    `margins-${place + 1}`,
    { key: 'margins.title', values: { treatment, moderator } },
    {
      stub: { key: 'margins.place' },
      columns: withModels(effectColumns, hasModels),
      rows,
      notes: [
        meaningNote(value),
        ...lackNotes(value),
        ...lines.flatMap((line) => lineNotes(value, line)),
        ...noBins(value),
      ],
    },
  );
}

/** What the coefficient of the treatment means in the model as it was written. */
function meaningNote({ treatment, moderator, zero_at, is_raw, support, lines }: MarginalEffect): Text {
  const { min, max, mean } = support;
  const line = at(lines, 0);
  const range = { min: shown(min), max: shown(max) };
  return {
    key: is_raw ? 'margins.raw' : 'margins.centred',
    values: {
      ...{ treatment, moderator, zero: shown(zero_at), mean: shown(mean) },
      where: { key: zero_at >= min && zero_at <= max ? 'margins.inside' : 'margins.outside', values: range },
      effect: shown(line.intercept + (line.slope.estimate ?? 0) * mean),
    },
  };
}

function lackNotes({ lacks, treatment, moderator }: MarginalEffect): readonly Text[] {
  if (lacks.length === 0) return [];
  return [{ key: 'margins.lacks', values: { terms: joinedBy(lacks, 'list.comma'), treatment, moderator } }];
}

function lineNotes({ treatment, moderator, second, support }: MarginalEffect, line: MarginalLine): readonly Text[] {
  const { regions, shares, critical } = line;
  const { distinct } = support;
  if (regions === null) return [{ key: 'margins.few', values: { moderator, distinct, treatment } }];
  const of: Text =
    line.at === null
      ? { key: 'margins.of_effect', values: { treatment } }
      : { key: 'margins.of_second', values: { treatment, second: second ?? '', value: shown(line.at) } };
  const share = Math.round(1000 * (shares.positive + shares.negative)) / 10;
  const values = { of, regions: regionsText(regions.pointwise, moderator), share };
  return [
    { key: 'margins.regions', values },
    { key: 'margins.regions_all', values: { regions: regionsText(regions.simultaneous, moderator) } },
    {
      key: 'margins.critical',
      values: {
        ...{ moderator, min: shown(support.min), max: shown(support.max) },
        ...{ pointwise: shown(critical.pointwise), simultaneous: shown(critical.simultaneous) },
      },
    },
  ];
}

function regionsText(regions: readonly SignificantRegion[], moderator: string): Text {
  if (regions.length === 0) return { key: 'margins.nowhere' };
  const texts = regions.map(({ low, high, sign }): Text => {
    const own = { moderator, sign: { key: sign > 0 ? 'margins.positive' : 'margins.negative' } as const };
    if (low === null) {
      return high === null
        ? { key: 'margins.everywhere', values: own }
        : { key: 'margins.below', values: { ...own, high: shown(high) } };
    }
    if (high === null) return { key: 'margins.above', values: { ...own, low: shown(low) } };
    return { key: 'margins.between', values: { ...own, low: shown(low), high: shown(high) } };
  });
  return joinedBy(texts, 'list.comma');
}

function noBins({ no_bins: reason, moderator }: MarginalEffect): readonly Text[] {
  return reason === undefined ? [] : [{ key: `margins.no_${reason}`, values: { moderator } }];
}

const binColumns: readonly TableColumn[] = [
  { id: 'value', label: { key: 'margins.bin_value' } },
  { id: 'nobs', label: { key: 'margins.bin_nobs' } },
  ...coefficientColumns(false),
  { id: 'line', label: { key: 'margins.bin_line' } },
];

function binsTable({ model, value }: OfModel<MarginalEffect>, place: number, hasModels: boolean): TableModel {
  const { treatment, moderator, bins } = value;
  const found = bins?.bins ?? [];
  return tableOf(
    `margins-${place + 1}-bins`,
    { key: 'margins.bins', values: { treatment, moderator } },
    {
      stub: { key: 'margins.bin' },
      columns: withModels(binColumns, hasModels),
      rows: found.map((bin, b) => ({
        id: `${model.id}.${b + 1}`,
        label: words({ key: 'margins.bin_range', values: { low: shown(bin.low), high: shown(bin.high) } }),
        cells: [
          ...modelCells(model, hasModels),
          plain(bin.value),
          { kind: 'count', value: bin.nobs },
          ...coefficientCells(bin),
          plain(bin.line),
        ],
      })),
      notes:
        bins === null
          ? []
          : [
              {
                key: bins.by === 'values' ? 'margins.linear_values' : 'margins.linear_model',
                values: { test: testText(bins.linear_model) },
              },
              { key: 'margins.linear_effect', values: { treatment, test: testText(bins.linear_effect) } },
              ...lineVerdict(bins, treatment, moderator),
            ],
    },
  );
}

/** What both tests say together: that of the model is also of the outcome's own course over the moderator, which is no effect. */
export function lineVerdict(
  { linear_effect, linear_model }: Pick<MarginalBins, 'linear_effect' | 'linear_model'>,
  treatment: string,
  moderator: string,
): readonly Text[] {
  if (linear_effect.p === null) return [];
  if (linear_effect.p < 0.05) return [{ key: 'margins.bent', values: { moderator } }];
  const isModelBent = linear_model.p !== null && linear_model.p < 0.05;
  return [
    isModelBent ? { key: 'margins.bent_elsewhere', values: { treatment, moderator } } : { key: 'margins.straight' },
  ];
}

function testText({ f, chi2, df, p }: LinearityTest): Text {
  if (chi2 === null || p === null) return { key: 'margins.test_none' };
  const shownP = p < 0.0001 ? '<0.0001' : shown(p);
  if (f === null || df[1] === null)
    return { key: 'margins.test_chi2', values: { q: df[0], f: shown(chi2), p: shownP } };
  return { key: 'margins.test', values: { q: df[0], df: shown(df[1]), f: shown(f), p: shownP } };
}

/** Four significant digits. */
function shown(value: number): number {
  return roundSignificant(value, 4);
}

import { at } from '../../error/at.ts';
import { extremesOf } from '../../math/extremes.ts';
import type { ThresholdSensitivity } from '../../model/result/threshold.ts';
import type { Cell, TableModel, TableRow } from './contract.ts';
import { blanks, plain, tableOf } from './parts.ts';

/** Thresholds and slopes under other trims, without a unit, over drawn units: one row a variation, one column a threshold. */
export function sensitivityTable({ gamma, trims, without, units }: ThresholdSensitivity): TableModel {
  const places = gamma.map((_, t) => t);
  const numbers = (values: readonly (number | null | undefined)[]): Cell[] =>
    values.map((value) => plain(value ?? null));
  const slopeCount = trims[0]?.slopes.length ?? 0;
  const extreme = (pick: (values: readonly number[]) => number): Cell[] => [
    ...numbers(places.map((t) => pick(without.map((one) => at(one.gamma, t)).filter(Number.isFinite)))),
    ...numbers(Array.from({ length: slopeCount }, (_, s) => pick(without.map((one) => at(one.slopes, s))))),
  ];
  const moved = without.filter((one) => places.some((t) => one.gamma[t] !== gamma[t]));
  const rows: TableRow[] = [
    ...trims.map(
      (one): TableRow => ({
        id: `trim-${one.trim}`,
        label: { kind: 'label', label: { key: 'threshold.trim', values: { trim: one.trim } } },
        cells: [...numbers(places.map((t) => one.gamma[t])), ...numbers(one.slopes.map((slope) => slope.estimate))],
      }),
    ),
    {
      id: 'without-low',
      label: { kind: 'word', key: 'threshold.without_low' },
      cells: extreme((values) => extremesOf(values).least),
      ruled: true,
    },
    {
      id: 'without-high',
      label: { kind: 'word', key: 'threshold.without_high' },
      cells: extreme((values) => extremesOf(values).most),
    },
    {
      id: 'units-low',
      label: { kind: 'word', key: 'threshold.units_low' },
      cells: [...numbers(places.map((t) => units.ci95[t]?.[0])), ...blanks(slopeCount)],
      ruled: true,
    },
    {
      id: 'units-high',
      label: { kind: 'word', key: 'threshold.units_high' },
      cells: [...numbers(places.map((t) => units.ci95[t]?.[1])), ...blanks(slopeCount)],
    },
  ];
  return tableOf(
    'sensitivity',
    { key: 'threshold.sensitivity' },
    {
      columns: [
        ...places.map((t) => ({ id: `g${t}`, label: { key: 'threshold.gamma_of', values: { t: t + 1 } } as const })),
        ...Array.from({ length: slopeCount }, (_, s) => ({
          id: `s${s}`,
          label: { key: 'threshold.slope_of', values: { s: s + 1 } } as const,
        })),
      ],
      rows,
      notes: [
        {
          key: 'threshold.moved',
          values: { moved: moved.length, units: without.length, draws: units.found },
        },
      ],
    },
  );
}

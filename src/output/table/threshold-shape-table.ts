import type { ThresholdShape } from '../../model/result/threshold.ts';
import type { TableModel } from './contract.ts';
import { blanks, empty, plain, tableOf } from './parts.ts';
import { type NameOf, ownName, regimeName } from './regime-name.ts';

const shapes = ['linear', 'threshold', 'smooth', 'bins'] as const;

/** One slope, one threshold, a smooth transition, bins: sums of squares and the criterion. Then the slopes in the bins of `by`. */
export function shapeTables(
  { ssr, bic, gamma, smooth, bins }: ThresholdShape,
  by: string,
  nameOf: NameOf = ownName,
): readonly TableModel[] {
  const least = Math.min(...shapes.map((shape) => bic[shape]));
  const places = {
    linear: blanks(2),
    threshold: [plain(gamma), empty],
    smooth: [plain(smooth.location), plain(smooth.steepness, 2)],
    bins: blanks(2),
  };
  const variables = bins[0]?.slopes.map((slope) => slope.variable) ?? [];
  return [
    tableOf(
      'shape',
      { key: 'threshold.shape' },
      {
        columns: [
          { id: 'ssr', label: { key: 'threshold.rss' } },
          { id: 'bic', label: { key: 'threshold.bic' } },
          { id: 'place', label: { key: 'threshold.place' } },
          { id: 'steepness', label: { key: 'threshold.steepness' } },
        ],
        rows: shapes.map((shape) => ({
          id: shape,
          label: { kind: 'word', key: `threshold.shape_${shape}` } as const,
          cells: [plain(ssr[shape], 4), plain(bic[shape] - least, 2), ...places[shape]],
        })),
        notes: [{ key: smooth.is_jump ? 'threshold.smooth_jump' : 'threshold.smooth_found' }],
      },
    ),
    tableOf(
      'bins',
      { key: 'threshold.bins' },
      {
        columns: [
          { id: 'rows', label: { key: 'threshold.rows' } },
          ...variables.flatMap((variable) => [
            { id: variable, label: nameOf(variable) },
            { id: `${variable}-se`, label: { key: 'coef.se' } as const },
          ]),
        ],
        rows: bins.map((bin) => ({
          id: bin.label,
          label: { kind: 'label', label: regimeName(bin, nameOf(by)) } as const,
          cells: [
            { kind: 'count', value: bin.nobs } as const,
            ...bin.slopes.flatMap((slope) => [plain(slope.estimate), plain(slope.se)]),
          ],
        })),
      },
    ),
  ];
}

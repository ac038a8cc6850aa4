import type { ThresholdShape } from '../../model/result/threshold.ts';
import type { Cell, TableModel } from './contract.ts';

const shapes = ['linear', 'threshold', 'smooth', 'bins'] as const;

/** One slope, one threshold, a smooth transition, bins: sums of squares and the criterion. Then the slopes in the bins. */
export function shapeTables({ ssr, bic, gamma, smooth, bins }: ThresholdShape): readonly TableModel[] {
  const least = Math.min(...shapes.map((shape) => bic[shape]));
  const plain = (value: number | null, decimals?: number): Cell => ({
    kind: 'number',
    value,
    ...(decimals === undefined ? {} : { decimals }),
  });
  const empty: Cell = { kind: 'empty' };
  const places = {
    linear: [empty, empty],
    threshold: [plain(gamma), empty],
    smooth: [plain(smooth.location), plain(smooth.steepness, 2)],
    bins: [empty, empty],
  };
  const shared = { number: '', stub: '', isSynthetic: false };
  const variables = bins[0]?.slopes.map((slope) => slope.variable) ?? [];
  return [
    {
      ...shared,
      id: 'shape',
      title: { key: 'threshold.shape' },
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
    {
      ...shared,
      id: 'bins',
      title: { key: 'threshold.bins' },
      columns: [
        { id: 'rows', label: { key: 'threshold.rows' } },
        ...variables.flatMap((variable) => [
          { id: variable, label: variable },
          { id: `${variable}-se`, label: { key: 'coef.se' } as const },
        ]),
      ],
      rows: bins.map((bin) => ({
        id: bin.label,
        label: { kind: 'verbatim', text: bin.label } as const,
        cells: [
          { kind: 'count', value: bin.nobs } as const,
          ...bin.slopes.flatMap((slope) => [plain(slope.estimate), plain(slope.se)]),
        ],
      })),
      notes: [],
    },
  ];
}

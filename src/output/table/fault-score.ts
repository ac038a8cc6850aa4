import type { TextKey } from '../format/text-key.ts';
import type { Cell, TableModel } from './contract.ts';

/** How well a build read a dirty layer, against its answer key. */
export interface ScoreDocument {
  readonly seed: number;
  readonly scale: number;
  readonly kinds: readonly ScoreRow[];
  readonly overall: Omit<ScoreRow, 'kind'>;
  /** Cells of the panel, how many differ from the clean layer's, and why. */
  readonly panel: PanelScore;
  /** Once more with the proposed rules; null when nothing was proposed. */
  readonly ruled: (PanelScore & { readonly rules: number }) | null;
}

export interface ScoreRow {
  readonly kind: string;
  readonly planted: number;
  readonly found: number;
  /** Notes where nothing was planted. */
  readonly wrong: number;
  readonly recall: number | null;
  readonly precision: number | null;
}

export interface PanelScore {
  readonly cells: number;
  readonly differing: number;
  /** Differing cells without a planted loss behind them. */
  readonly unexplained: number;
  /** Differing cells by the kind of loss behind them; one with several counts for each. */
  readonly because: Readonly<Record<string, number>>;
  /** The first of the unexplained. */
  readonly examples: readonly { readonly city: number; readonly year: number; readonly variable: string }[];
}

const count = (value: number): Cell => ({ kind: 'count', value });
const share = (value: number | null): Cell =>
  value === null ? { kind: 'empty' } : { kind: 'number', value, decimals: 4 };
const verbatim = (text: string): Cell => ({ kind: 'verbatim', text, align: 'start' });
const base = { number: '', isSynthetic: false, notes: [] } as const;
const column = (id: string, key: TextKey): TableModel['columns'][number] => ({ id, label: { key } });

/** Recall and precision by kind, all kinds in the last row. */
export function faultTable({ kinds, overall, seed, scale }: ScoreDocument): TableModel {
  const cells = ({ planted, found, wrong, recall, precision }: Omit<ScoreRow, 'kind'>): Cell[] => [
    count(planted),
    count(found),
    count(wrong),
    share(recall),
    share(precision),
  ];
  return {
    ...base,
    id: 'fault_score',
    title: { key: 'score.title', values: { seed: String(seed), scale } },
    stub: { key: 'score.kind' },
    columns: [
      column('planted', 'score.planted'),
      column('found', 'score.found'),
      column('wrong', 'score.wrong'),
      column('recall', 'score.recall'),
      column('precision', 'score.precision'),
    ],
    rows: [
      ...kinds.map((row) => ({ id: row.kind, label: verbatim(row.kind), cells: cells(row) })),
      { id: 'all', label: { kind: 'word', key: 'score.all' }, cells: cells(overall) },
    ],
  };
}

/** Cells of the panel that differ from the clean layer's. */
export function panelTable({ panel, ruled }: ScoreDocument): TableModel {
  const kinds = [...new Set([...Object.keys(panel.because), ...Object.keys(ruled?.because ?? {})])];
  const cells = (score: PanelScore): Cell[] => [
    count(score.cells),
    count(score.differing),
    ...kinds.map((kind) => count(score.because[kind] ?? 0)),
    count(score.unexplained),
  ];
  return {
    ...base,
    id: 'fault_panel',
    title: { key: 'score.panel' },
    stub: { key: 'score.build' },
    columns: [
      column('cells', 'score.cells'),
      column('differing', 'score.differing'),
      ...kinds.map((kind) => ({ id: kind, label: kind })),
      column('unexplained', 'score.unexplained'),
    ],
    rows: [
      { id: 'as_is', label: { kind: 'word', key: 'score.as_is' }, cells: cells(panel) },
      ...(ruled === null
        ? []
        : [
            {
              id: 'ruled',
              label: { kind: 'label' as const, label: { key: 'score.ruled' as const, values: { rules: ruled.rules } } },
              cells: cells(ruled),
            },
          ]),
    ],
  };
}

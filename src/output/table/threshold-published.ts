import { at } from '../../error/at.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import type { TableModel, Text } from './contract.ts';
import { empty, plain } from './parts.ts';
import { type NameOf, ownName, regimeTerm } from './regime-name.ts';
import { criticalCells, criticalColumns } from './threshold-tables.ts';

/** A table of tests of one threshold, a row a threshold variable: F, p, threshold, critical values (Table 8 of the paper). */
export interface ThresholdTestTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly rows: readonly { readonly label: Text; readonly result: ThresholdResult }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** Stars stand at F and follow from p. */
export function thresholdTestTable(spec: ThresholdTestTableSpec): TableModel {
  const scales = new Set(spec.rows.map((row) => row.result.settings.scale.name));
  const most = Math.max(1, ...spec.rows.flatMap(({ result }) => result.tests.map(({ gamma }) => gamma.length)));
  const notes = spec.rows
    .slice(0, 1)
    .flatMap(({ result: { settings, tests } }): readonly Text[] => [
      ...(scales.size === 1
        ? [{ key: `threshold.scale_${settings.scale.name}`, values: { scale: settings.scale.value } } as const]
        : []),
      { key: 'threshold.boot_note', values: { boot: at(tests, 0).boot } },
    ]);
  return {
    id: spec.id,
    number: spec.number,
    title: spec.title,
    stub: { key: 'threshold.variable' },
    columns: [
      { id: 'f', label: { key: 'threshold.f_value' } },
      { id: 'p', label: { key: 'threshold.p_value' } },
      ...Array.from({ length: most }, (_, i) => ({
        id: i === 0 ? 'gamma' : `gamma${i + 1}`,
        label: most === 1 ? ({ key: 'threshold.gamma' } as const) : gammaLabel(i + 1),
      })),
      ...criticalColumns('threshold.crit_at'),
    ],
    rows: spec.rows.flatMap(({ label, result }, r) =>
      result.tests.map((test) => ({
        id: `${r + 1}${test.thresholds === 1 ? '' : `.${test.thresholds}`}`,
        label: { kind: 'label', label: testLabel(label, result, test.thresholds) } as const,
        cells: [
          { kind: 'estimate', value: test.f, p: test.p } as const,
          { kind: 'p', value: test.p, least: 1 / test.boot } as const,
          ...Array.from({ length: most }, (_, i) => (test.gamma[i] === undefined ? empty : plain(at(test.gamma, i)))),
          ...criticalCells(test.crit),
        ],
      })),
    ),
    notes: [...notes, ...spec.notes],
    isSynthetic: spec.isSynthetic,
  };
}

/** Its variable; which of its tests it is where there are several, and whether the intercept changes as well. */
function testLabel(label: Text, { settings, tests }: ThresholdResult, thresholds: number): Text {
  const own: Text = settings.intercepts ? { key: 'threshold.with_intercept', values: { label } } : label;
  const count = counts[thresholds - 1];
  return tests.length === 1 || count === undefined ? own : { key: 'threshold.test_of', values: { label: own, count } };
}

function gammaLabel(number: number): Text {
  return { key: 'threshold.gamma_of', values: { t: number } };
}

const counts = [{ key: 'threshold.single' }, { key: 'threshold.double' }, { key: 'threshold.triple' }] as const;

/**
 * The terms of `regressionTable` for threshold models side by side: the controls, then the regimes of each column one below
 * the other, so that the columns make a staircase (Table 9 of the paper). Labels such as `ai:[hc<=0.056]`.
 */
export function staircaseTerms(
  results: readonly ThresholdResult[],
  controls: readonly { readonly term: string; readonly label: Text }[],
  nameOf: NameOf = ownName,
): readonly { readonly term: string; readonly label: Text }[] {
  const seen = new Set<string>();
  const regimes = results.flatMap(({ settings, regimes: own }) =>
    [...settings.regime, ...(settings.intercepts ? [null] : [])].flatMap((variable) =>
      own.flatMap((regime) => {
        const term = `${variable === null ? '' : `${variable}:`}[${regime.label}]`;
        if (seen.has(term)) return [];
        seen.add(term);
        return [{ term, label: regimeTerm(variable === null ? null : nameOf(variable), regime, nameOf(settings.by)) }];
      }),
    ),
  );
  return [...controls, ...regimes];
}

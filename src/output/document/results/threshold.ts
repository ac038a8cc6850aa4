import type { ModelResult } from '../../../model/result/result.ts';
import type { ThresholdResult, ThresholdSensitivity, ThresholdShape } from '../../../model/result/threshold.ts';
import type { TableLayout } from '../../layout/contract.ts';
import { plainLayout } from '../../layout/read.ts';
import type { Text } from '../../table/contract.ts';
import { covarianceWords } from '../../table/covariance-name.ts';
import { joinedBy } from '../../table/parts.ts';
import { sensitivityTable } from '../../table/threshold-sensitivity-table.ts';
import { shapeTables } from '../../table/threshold-shape-table.ts';
import { equalSlopesTable, thresholdTables } from '../../table/threshold-tables.ts';
import type { VariableNames } from '../../table/variable-names.ts';
import { notesOf, wideBlock } from '../blocks.ts';
import type { Document } from '../contract.ts';
import { namedTables, nameOfWords } from '../named-tables.ts';
import { modelBlocks, otherBlocks, type ResultsOf, warnedOfReading } from './models.ts';

/** What is asked for beside the model. */
export interface ThresholdExtras {
  readonly sensitivity?: ThresholdSensitivity | null;
  readonly shape?: ThresholdShape | null;
  /** The model at the thresholds found, under its other covariances. */
  readonly others?: readonly ModelResult[];
  /** What the file calls variables; of the table of the model. */
  readonly names?: VariableNames;
  /** How the table of the model is laid out. */
  readonly layout?: TableLayout;
}

/** What `kaya threshold` says: thresholds, tests, regimes, the model, the test of equal slopes, and what was asked for beside it. */
export function thresholdDocument(
  result: ThresholdResult,
  { version, reading = [] }: ResultsOf,
  { sensitivity = null, shape = null, others = [], names = {}, layout = plainLayout }: ThresholdExtras = {},
): Document {
  const equality = equalSlopesTable(result);
  const [title, panel] = headLines(result);
  const after = [
    ...(equality === null ? [] : [equality]),
    ...(sensitivity === null ? [] : [sensitivityTable(sensitivity)]),
    ...(shape === null ? [] : shapeTables(shape, result.settings.by)),
  ];
  const [warned] = warnedOfReading([result], reading);
  const [model] = warnedOfReading([result.model], reading);
  return {
    title,
    blocks: namedTables(
      [
        {
          kind: 'group',
          blocks: [
            { kind: 'text', text: title },
            { kind: 'text', text: panel },
          ],
        },
        ...thresholdTables(result).map(wideBlock),
        ...modelBlocks([result.model], { layout, names, others: [others] }),
        ...otherBlocks([result.model], { layout, names, others: [others] }),
        ...after.map(wideBlock),
        ...notesOf(result.warnings),
      ],
      nameOfWords(thresholdWords(result)),
      'models',
    ),
    data: {
      kaya: version,
      ...warned,
      model,
      ...(others.length === 0 ? {} : { other_vcov: others }),
      ...(sensitivity === null ? {} : { sensitivity }),
      ...(shape === null ? {} : { shape }),
    },
  };
}

/** What tells a search from another one, but for what it finds. */
function thresholdWords({ settings, model }: ThresholdResult): readonly string[] {
  const { depvar, by, regime } = settings;
  const vcov = covarianceWords(model.vcov);
  return ['threshold', depvar, ...regime, by, ...(vcov === 'iid' ? [] : [vcov])];
}

function headLines({ settings, regimes }: ThresholdResult): readonly [title: Text, panel: Text] {
  const { depvar, by, regime, units, periods } = settings;
  const regressors = joinedBy(regime, 'list.comma');
  return [
    { key: settings.shape === 'kink' ? 'threshold.title_kink' : 'threshold.title', values: { depvar, by, regressors } },
    {
      key: settings.balanced ? 'threshold.panel_balanced' : 'threshold.panel',
      values: { units, periods, nobs: regimes.reduce((sum, { nobs }) => sum + nobs, 0) },
    },
  ];
}

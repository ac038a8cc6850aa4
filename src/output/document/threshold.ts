import type { ThresholdResult, ThresholdSensitivity, ThresholdShape } from '../../model/result/threshold.ts';
import { describeDiagnostic } from '../format/error-text/describe.ts';
import { formatTable } from '../format/format-table.ts';
import { formatText } from '../format/format-text.ts';
import { publishedStyle, terminalStyle } from '../format/number-style.ts';
import type { TableModel, Text } from '../table/contract.ts';
import { joinedBy } from '../table/parts.ts';
import { sensitivityTable } from '../table/threshold-sensitivity-table.ts';
import { shapeTables } from '../table/threshold-shape-table.ts';
import { equalSlopesTable, thresholdTables } from '../table/threshold-tables.ts';
import type { RenderOptions } from './models.ts';
import { renderModels, warnedOfReading } from './models.ts';
import { paragraph } from './table/display-width.ts';
import { htmlTable } from './table/html-table.ts';
import { renderTable } from './table/table.ts';
import { wideStyle } from './wide-table.ts';

/** What is asked for beside the model. */
export interface ThresholdExtras {
  readonly sensitivity?: ThresholdSensitivity | null;
  readonly shape?: ThresholdShape | null;
}

/** What `kaya threshold` prints: thresholds, tests, regimes, the model, the test of equal slopes. */
export function renderThreshold(result: ThresholdResult, options: RenderOptions, extra: ThresholdExtras = {}): string {
  const { format, language } = options;
  const before = thresholdTables(result);
  const equality = equalSlopesTable(result);
  const sensitivity = extra.sensitivity ?? null;
  const shape = extra.shape ?? null;
  const after = [
    ...(equality === null ? [] : [equality]),
    ...(sensitivity === null ? [] : [sensitivityTable(sensitivity)]),
    ...(shape === null ? [] : shapeTables(shape)),
  ];
  const asked = { ...(sensitivity === null ? {} : { sensitivity }), ...(shape === null ? {} : { shape }) };
  const models = renderModels([result.model], options);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ kaya: options.version, ...warnedThreshold(result, options), ...asked }, null, 2)}\n`;
    case 'text': {
      const print = (one: TableModel): string => renderTable(one, 'text', language, wideStyle(one, terminalStyle));
      const head = headLines(result).map((line) => paragraph(formatText(line, language, terminalStyle)));
      const warnings = result.warnings.map((warning) => paragraph(describeDiagnostic(warning, language)));
      return [head.join(''), ...before.map(print), models, ...after.map(print), ...warnings].join('\n');
    }
    case 'html': {
      const html = (one: TableModel): string => htmlTable(formatTable(one, language, wideStyle(one, publishedStyle)));
      return models
        .replace('<body>', () => `<body>${before.map(html).join('')}`)
        .replace('</body>', () => `${after.map(html).join('')}</body>`);
    }
    case 'md':
    case 'tex': {
      const print = (one: TableModel): string => renderTable(one, format, language, wideStyle(one, publishedStyle));
      return [...before.map(print), models, ...after.map(print)].join('\n');
    }
    default:
      return models;
  }
}

/** What had to be done to read the data is a warning of the document and of its model. */
function warnedThreshold(result: ThresholdResult, options: RenderOptions): ThresholdResult {
  const [warned] = warnedOfReading([result], options);
  const [model] = warnedOfReading([result.model], options);
  return { ...warned, model };
}

function headLines({ settings, regimes }: ThresholdResult): readonly Text[] {
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

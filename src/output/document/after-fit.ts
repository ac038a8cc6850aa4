import type { EqualityTest } from '../../model/result/after-fit.ts';
import { describeDiagnostic } from '../format/error-text/describe.ts';
import { formatTable } from '../format/format-table.ts';
import { publishedStyle, terminalStyle } from '../format/number-style.ts';
import type { ModelAfterFit } from '../table/after-fit-tables.ts';
import { afterFitTables } from '../table/after-fit-tables.ts';
import type { RenderOptions } from './models.ts';
import { renderModels, warnedOfReading } from './models.ts';
import { paragraph } from './table/display-width.ts';
import { htmlTable } from './table/html-table.ts';
import { renderTable } from './table/table.ts';
import { wideStyle } from './wide-table.ts';

/** What `kaya reg` prints with something asked for after the fit: the models, then a table for each thing. */
export function renderAfterFit(
  models: readonly ModelAfterFit[],
  equality: readonly EqualityTest[],
  options: RenderOptions,
): string {
  const { format, language } = options;
  const tables = afterFitTables(models, equality);
  switch (format) {
    case 'json': {
      const document = {
        kaya: options.version,
        models: warnedOfReading(models, options),
        ...(equality.length === 0 ? {} : { equality }),
      };
      return `${JSON.stringify(document, null, 2)}\n`;
    }
    case 'html': {
      const bodies = tables.map((table) => htmlTable(formatTable(table, language, wideStyle(table, publishedStyle))));
      return renderModels(models, options).replace('</body>', () => `${bodies.join('')}</body>`);
    }
    case 'text': {
      const printed = tables.map((table) => renderTable(table, 'text', language, wideStyle(table, terminalStyle)));
      const warnings = equality.flatMap((one) => one.warnings.map((warning) => describeDiagnostic(warning, language)));
      const lines = [...new Set(warnings)].map((warning) => paragraph(warning));
      return [renderModels(models, options), ...printed, ...lines].join('\n');
    }
    case 'md':
    case 'tex': {
      const printed = tables.map((table) => renderTable(table, format, language, wideStyle(table, publishedStyle)));
      return [renderModels(models, options), ...printed].join('\n');
    }
    default:
      return renderModels(models, options);
  }
}

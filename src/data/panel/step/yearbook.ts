import { StudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';
import type { IndicatorDefinition } from '../../source/contract.ts';
import { cityCodeHeaders, yearbookIndicators, yearHeaders } from '../../source/yearbook.ts';
import { duckdb } from '../../sql/dialect/duckdb.ts';
import { cleanCell, loadText, numberAt, numberCell, textAt, unreadableCells } from '../cell.ts';
import type { PanelCheck, PanelStep, RawFile, RawFiles } from '../contract.ts';
import { findHeader, groupByHeaders, requireHeader, splitHeader } from '../header.ts';

const { quoteName } = duckdb;

/**
 * Table `yearbook`: one row per city and year, a column per indicator in its own unit; what no file has is NULL. The year
 * is that of a year column, else the one in the file's name.
 */
export function yearbookStep(files: RawFiles): PanelStep {
  const groups = [...groupByHeaders(files.yearbook).values()].map(readYearbooks);
  const columns = yearbookIndicators
    .map((indicator) => `max(${quoteName(indicator.id)}) AS ${quoteName(indicator.id)}`)
    .join(', ');
  const empty = yearbookIndicators.map(({ id }) => `NULL::DOUBLE AS ${quoteName(id)}`).join(', ');
  return {
    id: 'yearbook',
    statements: [
      ...groups.map(({ load }) => load),
      `CREATE OR REPLACE TABLE yearbook_rows AS
       ${groups.map(({ select }) => select).join(' UNION ALL BY NAME ')}
       UNION ALL BY NAME (SELECT NULL::INTEGER AS city, NULL::INTEGER AS year, ${empty} WHERE false)`,
      `CREATE OR REPLACE TABLE yearbook AS SELECT city, year, ${columns} FROM yearbook_rows GROUP BY city, year`,
    ],
    checks: [...groups.map(({ check }) => check), conflictingRows(), unknownCodes('yearbook', 'yearbook_rows')],
  };
}

/** Files with one set of headers: their text is loaded once, then read as numbers and checked. */
function readYearbooks(files: readonly RawFile[], index: number): { load: string; select: string; check: PanelCheck } {
  const [file] = files;
  const table = `yearbook_text_${index}`;
  const code = requireHeader(file, cityCodeHeaders);
  const yearHeader = findHeader(file, yearHeaders);
  for (const { path, headers } of files) {
    if (yearHeader === null && !yearInName.test(fileName(path))) {
      throw new StudyError('missing-header', {
        file: path,
        header: yearHeaders[0],
        aliases: yearHeaders,
        known: headers,
        nearest: null,
      });
    }
  }
  const found = file.headers.flatMap((text) => {
    const header = splitHeader(text);
    const indicator = yearbookIndicators.find(({ headers }) =>
      headers.some((alias) => alias.normalize('NFKC') === header.name),
    );
    return indicator === undefined
      ? []
      : [{ text, indicator, factor: unitFactor(file, indicator, header.text, header.unit) }];
  });
  const values = found.map(
    ({ text, indicator, factor }) => `, ${scaled(numberCell(text), factor)} AS ${quoteName(indicator.id)}`,
  );
  const yearOfFile = `regexp_extract(regexp_extract(filename, '[^/\\\\]*$'), '(?:^|\\D)((?:19|20)\\d\\d)(?:\\D|$)', 1)`;
  const year = yearHeader === null ? yearOfFile : numberCell(yearHeader);
  const numeric = [code, ...(yearHeader === null ? [] : [yearHeader]), ...found.map(({ text }) => text)];
  return {
    load: loadText(table, files),
    select: `(SELECT CAST(${numberCell(code)} AS INTEGER) AS city, CAST(${year} AS INTEGER) AS year${values.join('')}
      FROM ${table} WHERE ${cleanCell(code)} IS NOT NULL)`,
    check: unreadableCells(table, numeric),
  };
}

const yearInName = /(?:^|\D)((?:19|20)\d\d)(?:\D|$)/;

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? '';
}

/** Multiplies only when the unit differs, so that values in the indicator's own unit keep every bit. */
function scaled(value: string, factor: number): string {
  return factor === 1 ? value : `${value} * ${duckdb.number(factor)}`;
}

function unitFactor(file: RawFile, indicator: IndicatorDefinition, header: string, unit: string): number {
  if (unit === '') return 1;
  const known = Object.entries(indicator.units).find(([name]) => name.normalize('NFKC') === unit);
  if (known !== undefined) return known[1];
  throw new StudyError('unknown-unit', { file: file.path, header, unit, known: Object.keys(indicator.units) });
}

/** Two rows of one city and year that disagree in an indicator; the same value twice is one value. */
function conflictingRows(): PanelCheck {
  const differs = yearbookIndicators.map(({ id }) => `count(DISTINCT ${quoteName(id)}) > 1`).join(' OR ');
  return {
    sql: `SELECT city, year, count(*) AS n FROM yearbook_rows GROUP BY city, year HAVING ${differs} ORDER BY city, year`,
    toError: (rows) =>
      new StudyError('duplicate-key', {
        where: 'yearbook',
        keys: ['city', 'year'],
        example: `${numberAt(rows, 'city')}, ${numberAt(rows, 'year')}`,
        count: rows.nrow,
      }),
  };
}

/** City codes of a raw table that the gazetteer does not have. */
export function unknownCodes(file: string, table: string): PanelCheck {
  return {
    sql: `SELECT DISTINCT CAST(city AS VARCHAR) AS name FROM ${table} WHERE city NOT IN (SELECT city FROM cities) ORDER BY 1`,
    toError: (rows: ColumnTable) =>
      new StudyError('unknown-city', {
        file,
        names: Array.from({ length: Math.min(rows.nrow, 10) }, (_, row) => textAt(rows, 'name', row)),
        count: rows.nrow,
        nearest: null,
      }),
  };
}

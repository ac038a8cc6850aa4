import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type CorpusFile,
  delimiters,
  htmlFile,
  lineEnds,
  odsFile,
  quotings,
  type Script,
  type TrueTable,
  textEncodings,
  textFile,
  trueTable,
  xlsFile,
  xlsxFile,
  xmlFile,
} from '../../../test/corpus.ts';
import { oldDta } from '../../../test/dta.ts';
import { type Dice, dice } from '../../../test/mutate.ts';
import { isStudyError } from '../../error/study-error.ts';
import { dataSheet } from '../../file/data-sheet.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { headerName } from '../../table/column-name.ts';
import { sheetReader } from './sheet-reader.ts';

/** Files of each kind: 5,000 in all. */
const counts = { text: 3000, xlsx: 500, xls: 200, html: 500, xml: 400, ods: 250, dta: 150 } as const;
/** Share of text files that may be refused: 4 of 3,000 are at the usual seed. */
const mostRefused = 0.005;
const seed = Number(process.env.KAYA_CORPUS_SEED ?? 20_240_601);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-corpus-'));
  console.log(`seed ${seed} (KAYA_CORPUS_SEED)`);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Cells as the reader must give them: numbers by their value, blanks at the end of a row off. */
function bare(rows: readonly (readonly (string | number | null)[])[], fold: (text: string) => string): unknown[][] {
  return rows.map((row) => {
    const cells = row.map((cell) => (cell === null ? '' : typeof cell === 'number' ? cell : fold(cell)));
    while (cells.at(-1) === '') cells.pop();
    return cells;
  });
}

/** Every file comes out cell by cell as it was made, or is refused with its place and a next step. Returns the refusals. */
async function run(
  stream: number,
  count: number,
  make: (roll: Dice) => { table: TrueTable; file: CorpusFile },
  fold: (text: string) => string = (text) => text,
): Promise<string[]> {
  const refused: string[] = [];
  for (let index = 0; index < count; index++) {
    const { table, file } = make(dice(seed, stream * 100_000 + index));
    const path = join(folder, `file${file.ending}`);
    writeFileSync(path, file.bytes);
    const label = `stream ${stream}, index ${index}, seed ${seed}: ${file.label}`;
    try {
      const { sheet } = dataSheet(await sheetReader().sheets(path, `file${file.ending}`), null, `file${file.ending}`);
      const wanted = bare(table.rows, fold);
      const read = sheet.rows.filter((row, i) => i === 0 || row.some((cell) => cell !== ''));
      const found = read.slice(1).map((row, i) => {
        const cells = row.map((cell, j) =>
          typeof table.rows[i]?.[j] === 'number' && cell !== '' ? Number(cell) : cell,
        );
        while (cells.at(-1) === '') cells.pop();
        return cells;
      });
      expect(read[0], label).toEqual(table.header.map((name) => headerName(fold(name))));
      expect(found, label).toEqual(wanted);
    } catch (error) {
      if (!isStudyError(error)) throw error;
      if (error.code !== 'file-unreadable') throw new Error(`${error.code}: ${label}`, { cause: error });
      const sentence = describeError(error, 'en');
      expect(sentence, label).toMatch(/^file\.\w+.* cannot be read: .{10,}\./);
      refused.push(`${sentence} ${label}`);
    }
  }
  return refused;
}

const shapes = ['plain', 'titles', 'trailing', 'sep', 'blank-lines', 'no-end', 'broken-header'] as const;

it('text of every encoding, line end, delimiter, quoting and shape', async () => {
  const refused = await run(1, counts.text, (roll) => {
    const pick = <T>(list: readonly T[]): T => list[roll(list.length)];
    const encoding = pick(textEncodings);
    const scripts: Record<string, readonly Script[]> = { gb18030: ['chinese'], 'latin-1': ['western'] };
    const table = trueTable(roll, pick(scripts[encoding] ?? (['plain', 'chinese', 'western', 'awkward'] as const)));
    // Titles are told from a table of three columns or more.
    const shape = pick(table.header.length < 5 ? shapes.filter((one) => one !== 'titles') : shapes);
    const style = { encoding, lineEnd: pick(lineEnds), delimiter: pick(delimiters), quoting: pick(quotings), shape };
    return { table, file: textFile(table, roll, style) };
  });
  // Titles above a short table with many missing cells may be taken for it, which ends at the first longer row.
  expect(refused.filter((one) => !one.includes('"shape":"titles"'))).toEqual([]);
  expect(refused.length).toBeLessThan(mostRefused * counts.text);
});

const scripts = ['plain', 'chinese', 'western', 'awkward'] as const;
const anyTable = (roll: Dice): TrueTable => trueTable(roll, scripts[roll(scripts.length)]);

it('xlsx', async () => {
  const make = (roll: Dice) => {
    const table = anyTable(roll);
    return { table, file: xlsxFile(table, roll) };
  };
  expect(await run(2, counts.xlsx, make)).toEqual([]);
});

it('xls', async () => {
  const make = (roll: Dice) => {
    const table = anyTable(roll);
    return { table, file: xlsFile(table) };
  };
  expect(await run(3, counts.xls, make)).toEqual([]);
});

it('HTML under the name of a workbook', async () => {
  const make = (roll: Dice) => {
    const script = scripts[roll(scripts.length)];
    const table = trueTable(roll, script);
    return { table, file: htmlFile(table, roll, script === 'chinese' && roll(2) === 0 ? 'gbk' : 'utf8') };
  };
  // A web page has no tabs.
  expect(await run(4, counts.html, make, (text) => text.replaceAll('\t', ' '))).toEqual([]);
});

it('SpreadsheetML', async () => {
  const make = (roll: Dice) => {
    const table = anyTable(roll);
    return { table, file: xmlFile(table, roll) };
  };
  expect(await run(5, counts.xml, make)).toEqual([]);
});

it('ods', async () => {
  const make = (roll: Dice) => {
    const table = anyTable(roll);
    return { table, file: odsFile(table) };
  };
  expect(await run(6, counts.ods, make)).toEqual([]);
});

it('old dta in UTF-8, GB18030 and Latin-1', async () => {
  const make = (roll: Dice) => {
    const [script, encoding] = (
      [
        ['chinese', 'gbk'],
        ['western', 'win1252'],
        ['chinese', 'utf8'],
      ] as const
    )[roll(3)];
    const { header, rows } = trueTable(roll, script);
    // A variable of Stata holds numbers or text; the label of each is its header.
    const isText = header.map((_, j) => rows.some((row) => typeof row[j] === 'string'));
    const own = rows.map((row) => row.map((cell, j) => (isText[j] ? (cell === null ? null : String(cell)) : cell)));
    const variables = header.map((name, j) => {
      const label = iconv.encode(name, encoding);
      if (isText[j])
        return {
          name: `v${j}`,
          label,
          width: 60,
          texts: own.map((row) => iconv.encode(String(row[j] ?? ''), encoding)),
        };
      return { name: `v${j}`, label, values: own.map((row) => (row[j] === null ? 2 ** 1023 : Number(row[j]))) };
    });
    const file = { ending: '.dta', bytes: oldDta(variables, rows.length), label: `dta ${encoding}` };
    return { table: { header, rows: own }, file };
  };
  expect(await run(7, counts.dta, make)).toEqual([]);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dice, dice, mutate } from '../../../test/mutate.ts';
import { workbookParts, type ZipPart, zipOf } from '../../../test/workbook.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { SheetReader } from '../../study/ports.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { writeTable } from '../store/write-table.ts';
import { sheetReader } from './sheet-reader.ts';

/** Mutated files of each kind: 10,000 in all. */
const counts = { text: 4000, xlsx: 2200, parts: 1500, bomb: 50, xls: 150, dta: 1750, parquet: 350 } as const;
/** No file of a few kilobytes may take longer: far above what is measured, far below what a person calls hung. */
const slowest = 60_000;
/** Resident memory that the whole run may grow by; one workbook at its limits takes less. */
const growth = 1.5 * 2 ** 30;

/** What a mutant may end in: it cannot be read, or its first bytes are by now those of another program's file. */
const refusals: ReadonlySet<string> = new Set(['file-unreadable', 'unsupported-format']);

const seed = Number(process.env.KAYA_FUZZ_SEED ?? 20_240_601);
let folder: string;
let start = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-fuzz-'));
  start = process.memoryUsage().rss;
  console.log(`seed ${seed} (KAYA_FUZZ_SEED)`);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const golden = (path: string): Buffer => readFileSync(join(import.meta.dirname, '../../../test/golden', path));

/** Reads every mutant; each ends in sheets of text or in a StudyError, in time. Returns how many were read. */
async function run(
  ending: string,
  stream: number,
  count: number,
  make: (roll: Dice) => Buffer,
  reader: SheetReader = sheetReader(),
): Promise<number> {
  const path = join(folder, `mutant${ending}`);
  let read = 0;
  for (let index = 0; index < count; index++) {
    const bytes = make(dice(seed, stream * 100_000 + index));
    writeFileSync(path, bytes);
    const begun = performance.now();
    const label = `${ending}, stream ${stream}, index ${index}, seed ${seed}`;
    try {
      const sheets = await reader.sheets(path, 'mutant');
      read++;
      for (const { rows } of sheets) {
        if (!rows.every((row) => row.every((cell) => typeof cell === 'string')))
          expect.unreachable(`no text: ${label}`);
      }
    } catch (error) {
      if (!isStudyError(error)) throw new Error(`no StudyError: ${label}`, { cause: error });
      if (!refusals.has(error.code)) throw new Error(`${error.code}: ${label}`, { cause: error });
    }
    expect(performance.now() - begun, label).toBeLessThan(slowest);
  }
  expect(process.memoryUsage().rss - start).toBeLessThan(growth);
  return read;
}

/** Prints what part of the mutants was still readable: neither none nor all, or the mutations test nothing. */
function expectMixture(kind: string, read: number, count: number): void {
  console.log(`${kind}: ${read} of ${count} read`);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(count);
}

it('text', async () => {
  const table = Array.from({ length: 40 }, (_, i) => `城市${i},${2000 + i},"1,23${i}.5",经营范围；软件"开发"${i}`).join(
    '\r\n',
  );
  const text = `表1 主要指标\n城市,年份,GDP,范围\n${table}\n`;
  const bases = [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    iconv.encode(text, 'gb18030'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(text, 'utf-16le')]),
    Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(text, 'utf-16be')]),
    Buffer.from(text.replaceAll(',', '\t')),
    Buffer.from('a,b\n1,2\n'),
    Buffer.from(iconv.decode(Buffer.from(text), 'latin1')),
  ];
  const read = await run('.csv', 1, counts.text, (roll) => mutate(bases[roll(bases.length)], roll));
  expectMixture('text', read, counts.text);
});

const strings = Array.from({ length: 20 }, (_, i) => `<si><t>城市${i}</t></si>`).join('');
const cells = Array.from(
  { length: 30 },
  (_, i) =>
    `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i % 20}</v></c><c r="B${i + 1}" s="1"><v>${42_000 + i}</v></c><c r="C${i + 1}"><f>A1</f><v>1.5</v></c></row>`,
).join('');
const parts = workbookParts({
  sheets: [
    { name: 'S', xml: `<sheetData>${cells}</sheetData><mergeCells><mergeCell ref="A1:B3"/></mergeCells>` },
    { name: 'T', xml: '<sheetData><row><c t="inlineStr"><is><t>x &amp; y</t></is></c></row></sheetData>' },
  ],
  strings,
  styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
});

it('xlsx: bytes of the archive', async () => {
  const whole = zipOf(parts);
  expectMixture('xlsx', await run('.xlsx', 2, counts.xlsx, (roll) => mutate(whole, roll)), counts.xlsx);
});

it('xlsx: parts within a sound archive', async () => {
  const make = (roll: Dice): Buffer => {
    const chosen = roll(parts.length);
    const change = (part: ZipPart): ZipPart => ({ ...part, content: mutate(Buffer.from(part.content), roll) });
    return zipOf(parts.map((part, i) => (i === chosen ? change(part) : part)));
  };
  expectMixture('parts', await run('.xlsx', 3, counts.parts, make), counts.parts);
});

it('xlsx: archives that unpack to far more than they are', async () => {
  const zeros = Buffer.alloc(64 * 2 ** 20, 0x20);
  const bombs = [
    // What it declares is a lie, or is more than is allowed, or is allowed and only large.
    zipOf([...parts, { name: 'xl/a.xml', content: zeros, declared: 100 }]),
    zipOf(parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, content: zeros, declared: 1000 } : part))),
    zipOf(parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, declared: 0xffff_fff0 } : part))),
    zipOf(parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, content: zeros } : part))),
  ];
  const read = await run('.xlsx', 4, counts.bomb, (roll) => {
    const bomb = bombs[roll(bombs.length)];
    return roll(3) === 0 ? mutate(bomb, roll) : bomb;
  });
  console.log(`bombs: ${read} of ${counts.bomb} read`);
});

async function compiled(): Promise<typeof import('./xls/read-xls.ts')> {
  const place = new URL('../../../dist/platform/file/xls/read-xls.js', import.meta.url).href;
  return (await import(place)) as typeof import('./xls/read-xls.ts');
}

it('xls', async () => {
  const sheetJs = createRequire(import.meta.url)('xlsx') as typeof import('xlsx');
  const book = sheetJs.utils.book_new();
  const rows = Array.from({ length: 20 }, (_, i) => [`城市${i}`, 2000 + i, i * 1.5]);
  sheetJs.utils.book_append_sheet(book, sheetJs.utils.aoa_to_sheet(rows), 'S');
  const bases = [golden('xls/book.xls'), sheetJs.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer];
  // The compiled reader, which has the process of its own. Its errors are of a class of its own, too.
  const { readXls } = await compiled();
  const reader: SheetReader = {
    sheets: async (path, name) => {
      try {
        return await readXls(readFileSync(path), name);
      } catch (error) {
        const { code, detail } = error as StudyError<'file-unreadable'>;
        throw code === 'file-unreadable' ? new StudyError(code, detail) : error;
      }
    },
  };
  const read = await run('.xls', 5, counts.xls, (roll) => mutate(bases[roll(2)], roll), reader);
  expectMixture('xls', read, counts.xls);
});

it('dta', async () => {
  const names = ['haven-113', 'haven-115', 'gbk-114', 'gbk-114-big', 'gbk-117', 'utf8-118', 'utf8-118-big', 'utf8-119'];
  const bases = names.map((name) => golden(`dta/${name}.dta`));
  const read = await run('.dta', 6, counts.dta, (roll) => mutate(bases[roll(bases.length)], roll));
  expectMixture('dta', read, counts.dta);
});

it('parquet', async () => {
  const path = join(folder, 'whole.parquet');
  const year = numberColumn(Array.from({ length: 50 }, (_, i) => 2000 + i));
  const city = textColumn(Array.from({ length: 50 }, (_, i) => (i % 7 === 0 ? null : `城市${i}`)));
  await writeTable(columnTable({ 城市: city, 年份: year }), path);
  const base = readFileSync(path);
  expectMixture('parquet', await run('.parquet', 7, counts.parquet, (roll) => mutate(base, roll)), counts.parquet);
});

it('a damaged xls that makes the process of the reader abort', async () => {
  // Mutant 403 of stream 5 at the usual seed: SheetJS grows an array without end.
  const { readXls } = await compiled();
  const error = await readXls(golden('xls/abort.xls'), 'abort.xls').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'file-unreadable', detail: { reason: 'xls-limits' } });
});

it('xls workbooks that take more time or memory than is allowed', async () => {
  const { readXls } = await compiled();
  const book = golden('xls/book.xls');
  expect((await readXls(book, 'book.xls')).length).toBe(2);
  for (const limits of [
    { heap: 1024, time: 1 },
    { heap: 4, time: 60_000 },
  ]) {
    const error = await readXls(book, 'book.xls', limits).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'file-unreadable', detail: { reason: 'xls-limits' } });
  }
});

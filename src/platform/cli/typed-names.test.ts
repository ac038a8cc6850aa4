import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { workbookParts, zipOf } from '../../../test/workbook.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { writeTable } from '../store/write-table.ts';
import { runInside } from './testing/run-inside.ts';

// A header with a line break has one name in every kind of file, and is found as it is written.

const folder = mkdtempSync(join(tmpdir(), 'kaya-typed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kaya = (...argv: string[]) => runInside(argv);

const numbers = Array.from({ length: 12 }, (_, i) => [(i * 7) % 11, (i * 5) % 13] as const);

type Writer = (path: string, header: string) => Promise<void> | void;
const writers: Readonly<Record<string, Writer>> = {
  csv: (path, header) => writeFileSync(path, `y,"${header}"\n${numbers.map((row) => `${row.join(',')}\n`).join('')}`),
  'titled csv': (path, header) => {
    const rows = numbers.map(([y, x]) => `${y},"${x}",1,1,1\n`);
    writeFileSync(path, `Yearbook\nof cities\ny,"${header}",a,b,c\n${rows.join('')}`);
  },
  xlsx: (path, header) => {
    const cells = numbers.map(
      ([y, x], i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>${y}</v></c><c r="B${i + 2}"><v>${x}</v></c></row>`,
    );
    const inline = (at: string, text: string) =>
      `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
    const xml = `<sheetData><row r="1">${inline('A1', 'y')}${inline('B1', header)}</row>${cells.join('')}</sheetData>`;
    writeFileSync(path, zipOf(workbookParts({ sheets: [{ name: 'S', xml }] })));
  },
  parquet: async (path, header) => {
    const y = numberColumn(numbers.map((row) => row[0]));
    await writeTable(columnTable({ y, [header]: numberColumn(numbers.map((row) => row[1])) }), path);
  },
};

const headers: readonly (readonly [string, string])[] = [
  ['x\nof the firm', 'x of the firm'],
  ['地区\n生产总值', '地区生产总值'],
  ['地区\n生产总值\n（万元）', '地区生产总值（万元）'],
  ['人均\nGDP', '人均 GDP'],
];

describe.each(Object.entries(writers))('%s', (kind, write) => {
  it.each(headers)('%j', async (header, name) => {
    const path = join(folder, `${kind}-${headers.findIndex(([one]) => one === header)}.${kind.split(' ').at(-1)}`);
    await write(path, header);
    const plain = await kaya('reg', path, `y ~ \`${name}\``, '--json');
    expect(plain.status, plain.err).toBe(0);
    const broken = await kaya('reg', path, `y ~ \`${header}\``, '--json');
    expect([broken.status, JSON.parse(broken.out).models[0].coef]).toEqual([0, JSON.parse(plain.out).models[0].coef]);
    for (const argv of [
      ['describe', path, `\`${header}\``],
      ['describe', path, header],
      ['describe', path, '--text', `\`${header}\``],
      ['reg', path, `y ~ \`${name}\``, '--where', `"${header}" > 2`],
      ['reg', path, 'y ~ 1', '--vcov', `cluster:\`${header}\``],
    ]) {
      const { status, err } = await kaya(...argv);
      expect(status, `${argv.join(' ')}: ${err}`).toBe(0);
    }
    const spaced = [...name].join('  ');
    const offered = await kaya('reg', path, `y ~ \`${spaced}\``);
    expect([offered.status, offered.err]).toEqual([1, expect.stringContaining(name)]);
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-audit-'));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const clean =
  '\t(1)\nschooling\t0.111***\n\t(5.833)\nage\t0.200***\n\t(4.000)\nObs\t5,149\nt statistics in parentheses';
const faulty = clean.replace('0.111***', '0.111');

test('a clean table ends with 0, findings of severity A with 1, and JSON has the fields of the contract', async () => {
  const fine = await runInside(['audit', written('clean.txt', clean)]);
  expect(fine.status).toBe(0);
  expect(fine.out).toContain('No finding');
  const found = await runInside(['audit', written('faulty.txt', faulty), '--json']);
  expect(found.status).toBe(1);
  const { findings, passes } = JSON.parse(found.out);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    rule: 'R01',
    severity: 'A',
    place: { table: '1', column: '(1)', term: 'schooling' },
    found: ['0.111', '(5.833)'],
  });
  expect(findings[0].message).toContain('[5.8325, 5.8335]');
  expect(passes[0]).toMatchObject({ rule: expect.stringMatching(/^R\d\d$/), checked: expect.any(Number) });
  expect(found.err).toContain('1 finding of severity A');
});

test('a table saved by a spreadsheet in GB18030 or UTF-16 is read', async () => {
  const chinese = faulty.replace('schooling', '受教育年限');
  for (const [name, encoding] of [
    ['gb.txt', 'gb18030'],
    ['wide.txt', 'utf16'],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, iconv.encode(chinese, encoding, { addBOM: encoding === 'utf16' }));
    const found = await runInside(['audit', path, '--json']);
    expect(found.status).toBe(1);
    expect(JSON.parse(found.out).findings[0].place.term).toBe('受教育年限');
  }
});

test('a table of a web page is read, and the document is written in Chinese', async () => {
  const rows = faulty.split('\n').map(
    (line) =>
      `<tr>${line
        .split('\t')
        .map((cell) => `<td>${cell}</td>`)
        .join('')}</tr>`,
  );
  const page = written('table.html', `<table>${rows.join('')}</table>`);
  const out = join(folder, 'audit.md');
  const { status } = await runInside(['audit', page, '--lang', 'zh', '--out', out]);
  expect(status).toBe(1);
  expect(readFileSync(out, 'utf8')).toMatch(/A：会改变读者的结论/);
});

test('what is no table, and a file of another kind, are told with what there is to do', async () => {
  const nothing = await runInside(['audit', written('words.txt', 'no table at all')]);
  expect(nothing).toMatchObject({ status: 1, out: '' });
  expect(nothing.err).toContain('docs/audit.md');
  const other = await runInside(['audit', written('table.pdf', 'x')]);
  expect(other.status).not.toBe(0);
  expect(other.err).toContain('.yaml');
});

test('facts are read beside the tables', async () => {
  const facts = written('facts.yaml', 'panel: { periods: 19 }\nvariables:\n  wage: { kind: share }\n');
  const table = written('stats.csv', 'Variable,Obs,Mean,SD,Min,Max\nwage,100,0.5,0.2,0.1,1.4\n');
  const { status, out } = await runInside(['audit', table, '--facts', facts, '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(out).findings).toMatchObject([{ rule: 'R13', code: 'r13.above', severity: 'B' }]);
});

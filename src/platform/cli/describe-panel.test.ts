import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-describe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

const quarters = ['2003q1', '2003q2', '2003q4'];
/** Six firms; c has no second quarter, d begins late, e ends early, f moves. */
const rows = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((firm) =>
  quarters.flatMap((quarter, t) => {
    const isAbsent = (firm === 'c' && t === 1) || (firm === 'd' && t === 0) || (firm === 'e' && t === 2);
    const region = firm === 'f' && t > 0 ? 'West' : 'East';
    return isAbsent ? [] : [`${firm},${quarter},${region},${t}`];
  }),
);

describe('kaya describe --panel', () => {
  const path = file('firms.csv', ['firm,quarter,region,y', ...rows]);

  it('tells units, periods, balance, gaps, attrition and groups that change', async () => {
    const { out: stdout } = await runInside(['describe', path, '--panel', 'firm,quarter']);
    for (const part of [
      'The panel has 6 firms, 3 quarters and 15 rows.',
      'No two rows share firm and quarter.',
      'The panel is unbalanced.',
      'with a gap between the first and the last row',
      'Without a row at the first time (2003q1): 1 firm.',
      'Without a row at the last time (2003q4): 1 firm.',
      'region: of 6 firms, 1 firm change between groups, such as f: East → West',
    ])
      expect(stdout).toContain(part);
  });

  it('in Chinese and as data', async () => {
    const zh = await runInside(['--lang', 'zh', 'describe', path, '--panel', 'firm,quarter']);
    expect(zh.out).toContain('3个季度');
    const { out: stdout } = await runInside(['describe', path, '--panel', 'firm,quarter', '--json']);
    expect(JSON.parse(stdout).panel).toMatchObject({
      unit: 'firm',
      time: 'quarter',
      shape: { units: 6, periods: 3, balanced: false, gap_units: 5, late_units: 1, ended_units: 1 },
      groups: [{ group: 'region', changed: 1, examples: [{ unit: 'f', groups: ['East', 'West'] }] }],
    });
  });

  it.each([
    ['describe', []],
    ['reg', ['y ~ 1']],
    ['threshold', ['y ~ 1 | firm', '--regime', 'y', '--by', 'y']],
  ])('%s: two rows of one unit and time are an error with the rows', async (command, more) => {
    const twice = file('twice.csv', ['firm,quarter,region,y', ...rows, 'a,2003q1,East,9']);
    const { err: stderr, status: code } = await runInside([command, twice, ...more, '--panel', 'firm,quarter']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/a, 2003q1.*1.*16/s);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWide } from '../../../test/wide-engine.ts';
import { readTextRows } from '../../domain/china/registry/delimited.ts';
import { usualRules } from '../../domain/china/registry/judge-text.ts';
import { keywordList } from '../../domain/china/registry/keyword.ts';
import { usualCounting } from '../../domain/china/registry/scan-contract.ts';
import type { FirmTask } from '../../domain/china/synthetic/raw/firms.ts';
import { numberAt } from '../../table/cell-at.ts';
import { firmScanner } from './registry-scan.ts';
import { writeFirmFile } from './write-firms.ts';

const reference = new URL('../../../packs/china-cities/reference/', import.meta.url);
const rowsOf = (name: string) => readTextRows(readFileSync(new URL(name, reference), 'utf8'));
const keywords = keywordList(rowsOf('keywords.csv'), rowsOf('keyword_exclusions.csv'), 'keywords.csv');
const years = [2003, 2010, 2021];

/** Firms of the synthetic layer, every keyword and every decoy among them. */
const task: FirmTask = {
  file: 'registry/firms.csv',
  seed: 7,
  stream: 1,
  keywords: keywords.map(({ word }) => word),
  cities: [
    {
      code: 110000,
      nameZh: '北京市',
      provinceZh: '北京市',
      years,
      withKeyword: [50, 900, 4000],
      decoys: [30, 700, 900],
    },
    { code: 320500, nameZh: '苏州市', provinceZh: '江苏省', years, withKeyword: [0, 300, 2500], decoys: [5, 90, 800] },
  ],
};

it('counts the firms of the synthetic layer as a regular expression in SQL does, to the firm', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-'));
  const engine = await openWide();
  try {
    const [{ path }] = writeFirmFile(folder, task).files;
    const file = join(folder, path);
    const pattern = keywords.map(({ word }) => word).join('|');
    const sql = await engine.table(`
      SELECT 所属城市 AS city_zh, CAST(substr(统一社会信用代码, 3, 6) AS INTEGER) AS city, year(CAST(成立日期 AS DATE)) AS year,
        count(DISTINCT 统一社会信用代码) AS firms
      FROM read_csv('${file}', all_varchar = true)
      WHERE regexp_matches(企业名称, '${pattern}') OR regexp_matches(经营范围, '${pattern}')
      GROUP BY ALL ORDER BY city, year`);
    const expected = Array.from({ length: sql.nrow }, (_, i) => ({
      city: numberAt(sql, 'city', i),
      year: numberAt(sql, 'year', i),
      firms: numberAt(sql, 'firms', i),
    }));
    const gazetteer = task.cities.map(({ code, nameZh, provinceZh }) => ({
      code,
      name: nameZh,
      province: provinceZh,
      provinceCode: Math.floor(code / 10_000) * 10_000,
      since: null,
      dissolved: null,
    }));
    const rules = {
      keywords,
      match: usualRules,
      counting: usualCounting,
      asOf: null,
      lastYear: null,
      sample: 0,
      seed: 0,
    };
    const scanner = firmScanner({ threads: 2, partBytes: 50_000, isInside: true });
    const scan = await scanner.scan([{ path: file, name: path }], rules, { gazetteer, aliases: [], changes: [] });
    expect(scan.cells.map(({ city, year, firms }) => ({ city, year, firms }))).toEqual(expected);
    expect(expected.reduce((sum, { firms }) => sum + firms, 0)).toBe(7750);
    expect(scan.account).toMatchObject({ trapped: 0, denied: 0, duplicates: 0, rows: 10_275 });
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

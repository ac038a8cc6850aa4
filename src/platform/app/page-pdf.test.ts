import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { pagePdf, reportBrowser, withNodesByRank, withoutMoments } from './page-pdf.ts';
import { findBrowser } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const page = join(folder, 'page 页.html');
writeFileSync(
  page,
  '<!doctype html><meta charset="utf-8"><style>@page{size:A4}</style><title>页</title><p>One page</p><p style="break-before:page">Two</p>',
);
const nothing = { PATH: folder, KAYA_BROWSER: join(folder, 'none') };

test('no browser, and a run without a report, are refused by the option, with what to do', () => {
  const refused = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return isStudyError(error)
        ? [error.code, 'subject' in error.detail ? error.detail.subject : error.detail]
        : error;
    }
  };
  expect(reportBrowser({ only: ['table2'] }, '--pdf', nothing)).toBeNull();
  expect(refused(() => reportBrowser({ pdf: true, only: [] }, '--pdf', nothing))).toEqual(['needs-more', '--pdf']);
  expect(refused(() => reportBrowser({ pdf: true, only: ['table2'] }, '--pdf', nothing))).toMatchObject([
    'bad-option',
    { option: '--pdf', expected: { values: { only: '--only' } } },
  ]);
  const own = join(folder, 'chromium');
  writeFileSync(own, '');
  expect(findBrowser({ KAYA_BROWSER: own })).toBe(own);
});

test('moments of a PDF are set without moving a byte', () => {
  const pdf = Buffer.from(
    "%PDF /CreationDate (D:20261129183300+00'00') \u00ff /ModDate (D:20261129183301+00'00')",
    'latin1',
  );
  const done = Buffer.from(withoutMoments(pdf)).toString('latin1');
  expect(done).toBe("%PDF /CreationDate (D:19800101000000+00'00') \u00ff /ModDate (D:19800101000000+00'00')");
});

test('named parts of a PDF are numbered by their rank, wherever a browser began to count', () => {
  const pdf = (...ids: readonly string[]): Buffer =>
    Buffer.from(ids.map((id) => `/ID (node${id}) \u00ff`).join(' '), 'latin1');
  const done = Buffer.from(withNodesByRank(pdf('00000150', '00003423', '00000150'))).toString('latin1');
  expect(done).toBe(pdf('00000001', '00000002', '00000001').toString('latin1'));
  expect(withNodesByRank(pdf('00000148', '00003423', '00000148'))).toEqual(Buffer.from(done, 'latin1'));
});

test('a browser that makes no file is told with what it said, and its profile is taken away', async () => {
  const broken = join(folder, 'broken');
  writeFileSync(broken, '#!/bin/sh\necho no display >&2\nexit 3\n');
  chmodSync(broken, 0o755);
  const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('kaya-browser-'));
  const before = profiles();
  await expect(pagePdf(page, broken, new AbortController().signal)).rejects.toMatchObject({
    code: 'figure-unprintable',
    detail: { format: 'pdf', why: 'browser' },
  });
  expect(profiles()).toEqual(before);
});

const browser = findBrowser();
test('a page becomes a PDF of two A4 pages, the same bytes twice', { timeout: 120_000 }, async ({ skip }) => {
  if (browser === null) return skip('no Chromium, Chrome or Edge');
  const [first, second] = [
    await pagePdf(page, browser, new AbortController().signal),
    await pagePdf(page, browser, new AbortController().signal),
  ];
  const text = Buffer.from(first).toString('latin1');
  expect(text.startsWith('%PDF-')).toBe(true);
  const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ]);
  // 210 mm by 297 mm in points of 1/72 inch.
  expect(boxes).toEqual([
    [595, 842],
    [595, 842],
  ]);
  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
});

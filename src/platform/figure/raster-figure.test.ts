import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { StudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { figureFonts } from './figure-fonts.ts';
import { fontFiles } from './font-files.ts';
import { pdfFigure } from './pdf-figure.ts';
import { figureRaster } from './raster-figure.ts';
import { stillFigure } from './still-figure.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-figure-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const golden = (name: string): string =>
  readFileSync(new URL(`../../output/document/golden/${name}.svg`, import.meta.url), 'utf8');
const hasChinese = figureFonts().runsOf('门槛', false).missing.length === 0;
const why = hasChinese ? '' : ' (skipped: no font of this machine has Chinese characters)';
const hasPdfText = spawnSync('pdftotext', ['-v']).status === 0;
const whyPdf = hasPdfText ? why : ' (skipped: pdftotext is not here)';

const figures = ['threshold-lr', 'threshold-units', 'threshold-slopes', 'threshold-shares'];

describe.skipIf(!hasChinese)(`a figure as points${why}`, () => {
  test.each(figures)('%s in both languages: twice the points of the drawing, the same bytes twice', async (name) => {
    for (const language of ['en', 'zh']) {
      const svg = golden(`${name}.${language}`);
      const [first, second] = [await figureRaster()(svg), await figureRaster()(svg)];
      const bytes = Buffer.from(first.png);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2 * first.width, 2 * first.height]);
      expect(bytes.equals(Buffer.from(second.png))).toBe(true);
    }
  });

  test('words are outlines, set by their anchor, and nothing is left to the page around', () => {
    const svg = (anchor: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" style="font-size:20px"><g text-anchor="${anchor}"><text x="100" y="30" fill="currentColor" stroke="var(--figure-paper, #fff)">门槛 ab</text></g></svg>`;
    const spans = ['start', 'middle', 'end'].map((anchor) => {
      const still = stillFigure(svg(anchor), { fonts: figureFonts(), lettering: 'outlines', format: 'png' });
      expect(still.svg).not.toMatch(/<text|var\(|currentColor|font-family/);
      const path = / d="([^"]+)"/.exec(still.svg)?.[1] ?? '';
      const across = [...path.matchAll(/[ML]([\d.-]+) /g)].map(([, x]) => Number(x));
      return [Math.min(...across), Math.max(...across)] as const;
    });
    const [[start, wide], [middle], [end, last]] = spans as [Span, Span, Span];
    expect(start).toBeGreaterThanOrEqual(100);
    expect(last).toBeLessThanOrEqual(100.5);
    expect(middle).toBeCloseTo((start + end) / 2, 1);
    // Two characters as wide as the letters are high, a space and two Latin letters.
    expect(wide - start).toBeGreaterThan(55);
  });

  test.skipIf(!hasPdfText)(`its page of PDF has its words as text${whyPdf}`, async () => {
    const words = { en: ['95% critical value', 'LR'], zh: ['95%临界值', 'LR'] };
    for (const language of ['en', 'zh'] as const) {
      const svg = golden(`threshold-lr.${language}`);
      const made = await pdfFigure(svg, { title: 'LR' });
      expect(Buffer.from(made).equals(Buffer.from(await pdfFigure(svg, { title: 'LR' })))).toBe(true);
      const file = join(scratch, `${language}.pdf`);
      writeFileSync(file, made);
      const text = spawnSync('pdftotext', [file, '-'], { encoding: 'utf8' }).stdout;
      for (const word of words[language]) expect(text).toContain(word);
    }
  });
});

type Span = readonly [number, number];

test('a machine without fonts is told which letters are missing, and what to install', async () => {
  expect(fontFiles(false, [scratch, join(scratch, 'nowhere')])).toEqual([]);
  const raster = figureRaster(figureFonts([scratch]));
  await expect(raster(golden('threshold-lr.en'))).rejects.toMatchObject({
    code: 'figure-unprintable',
    detail: { format: 'png', why: 'font' },
  });
  await expect(
    pdfFigure(golden('threshold-lr.zh'), { title: '', fonts: figureFonts([scratch]) }),
  ).rejects.toMatchObject({
    detail: { format: 'pdf', why: 'chinese-font' },
  });
  const error = new StudyError('figure-unprintable', { format: 'pdf', why: 'chinese-font', found: '门槛' });
  expect(describeError(error, 'zh')).toContain('fonts-noto-cjk');
});

test('a file that is no font is passed over', () => {
  writeFileSync(join(scratch, 'Arial.ttf'), 'no font');
  expect(fontFiles(true, [scratch])).toHaveLength(1);
  expect(figureFonts([scratch]).runsOf('a', true).missing).toEqual(['a']);
});

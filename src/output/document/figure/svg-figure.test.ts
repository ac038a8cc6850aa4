import { expect, test } from 'vitest';
import { languages } from '../../format/text-key.ts';
import { figure1 } from '../../testing/sample-report.ts';
import { renderFigure } from './svg-figure.ts';

test.each(languages)('the coefficient figure in %s', async (language) => {
  const svg = renderFigure(figure1, language);
  await expect(svg).toMatchFileSnapshot(`../golden/ai-baseline.${language}.svg`);
  expect(svg).toBe(renderFigure(figure1, language));
  expect(svg).toContain(language === 'en' ? 'Synthetic data' : '合成数据');
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

test('inside a page it takes the colours of the page; of real data it carries no mark', () => {
  expect(renderFigure(figure1, 'en', { embedded: true })).toContain('background:none');
  expect(renderFigure({ ...figure1, isSynthetic: false }, 'en')).not.toContain('Synthetic');
});

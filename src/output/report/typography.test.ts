import { describe, expect, test } from 'vitest';
import { languages, languageTag } from '../format/text-key.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { typographyFaults } from '../testing/typography.ts';
import { withChineseMarked } from './bilingual.ts';
import { reportMarkup } from './block-markup.ts';
import { reportSections } from './sections.ts';

interface Shown {
  readonly text: string;
  /** Of the innermost element that names one; empty where both languages stand. */
  readonly lang: string;
}

/** The pieces of text between tags with their language; pictures, formulas and code are left out, and citations. */
function piecesOf(markup: string): readonly Shown[] {
  const read = markup.replace(/<(svg|math|pre|code|cite|script|style)\b[\s\S]*?<\/\1>/g, '');
  const open: { tag: string; lang: string }[] = [];
  const pieces: Shown[] = [];
  for (const [, close, tag = '', attributes = '', text = ''] of read.matchAll(/<(\/?)([a-z]\w*)([^>]*)>|([^<]+)/g)) {
    const lang = open.at(-1)?.lang ?? '';
    if (tag === '') pieces.push({ text, lang });
    else if (close === '/') while (open.length > 0 && open.pop()?.tag !== tag);
    else if (!/^(?:br|hr|img|input|col|wbr)$/.test(tag))
      open.push({ tag, lang: /\blang="([^"]+)"/.exec(attributes)?.[1] ?? lang });
  }
  return pieces.filter(({ text }) => text.trim() !== '');
}

/** A piece in a language by its typography; of neither language alone it holds nothing Chinese but what is marked. */
const wrong = ({ text, lang }: Shown): boolean =>
  lang.startsWith('cmn')
    ? false
    : lang === languageTag('zh')
      ? typographyFaults(text, 'zh').length > 0
      : typographyFaults(text, 'en').length > 0;

describe('typography of a report', () => {
  test('a piece is known by the innermost language', () => {
    const markup = '<div lang="en"><p>a<bdi lang="cmn-Hans">省</bdi><br>b</p></div><code>省</code><b>c</b>';
    expect(piecesOf(markup)).toEqual([
      { text: 'a', lang: 'en' },
      { text: '省', lang: 'cmn-Hans' },
      { text: 'b', lang: 'en' },
      { text: 'c', lang: '' },
    ]);
  });

  test('what is wrong would be found', () => {
    expect(wrong({ text: 'City’s，', lang: 'en' })).toBe(true);
    expect(wrong({ text: 'not the same rows', lang: languageTag('zh') })).toBe(true);
    expect(wrong({ text: '（Levin, Lin and Chu 2002）', lang: languageTag('zh') })).toBe(false);
  });

  test.each(languages)('no text of the sections is in another language than %s', (language) => {
    const pieces = piecesOf(
      reportSections(sampleReport)
        .map(({ blocks }) => reportMarkup(blocks))
        .join('\n'),
    );
    const own = pieces.filter(({ lang }) => (language === 'zh') === (lang === languageTag('zh')));
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter(wrong)).toEqual([]);
  });

  test('Chinese names and quoted cells are marked, and nothing else is changed', () => {
    expect(withChineseMarked('<td title="省">ai: 山东省 → 3</td>')).toBe(
      '<td title="省">ai: <bdi lang="cmn-Hans">山东省</bdi> → 3</td>',
    );
    expect(withChineseMarked('<svg><text>省</text></svg><code>省</code> x')).toBe(
      '<svg><text>省</text></svg><code>省</code> x',
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeMarkup } from '../document/table/escape.ts';
import { inEach } from './bilingual.ts';
import { languagesApart } from './languages-apart.ts';

/** Pieces of a page: what is the same in both languages, and texts in each, some of them with elements of the same name within. */
const piece = fc.oneof(
  fc.string().map((text) => ({ both: `<p>${escapeMarkup(text)}</p>` })),
  fc.record({
    tag: fc.constantFrom('span' as const, 'div' as const),
    en: fc.string().map(escapeMarkup),
    zh: fc.string().map(escapeMarkup),
    around: fc.constantFrom('', '<div class="scroll"><div>x</div></div>', '<span>y</span><table lang="en"></table>'),
  }),
);

test('the page has one language, the others come back in their places', () => {
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom('en' as const, 'zh' as const), (pieces, language) => {
      const other = language === 'en' ? 'zh' : 'en';
      const whole: string[] = [];
      const alone: string[] = [];
      const taken: string[] = [];
      for (const one of pieces) {
        if ('both' in one) {
          whole.push(one.both);
          alone.push(one.both);
          continue;
        }
        const inner = { en: one.around + one.en, zh: one.around + one.zh };
        const markup = inEach(one.tag, (own) => inner[own]);
        whole.push(markup);
        if (inner.en === inner.zh) {
          alone.push(markup);
          continue;
        }
        const tag = language === 'zh' ? 'zh-Hans' : 'en';
        alone.push(`<${one.tag} lang="${tag}">${inner[language]}</${one.tag}>`);
        taken.push(inner[other]);
      }
      expect(languagesApart(whole.join(''), language)).toEqual({ shown: alone.join(''), others: { [other]: taken } });
    }),
  );
});

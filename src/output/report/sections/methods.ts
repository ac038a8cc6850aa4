import type { Block } from '../../document/contract.ts';
import { escapeMarkup } from '../../document/table/escape.ts';
import { say } from '../bilingual.ts';
import { methodPlace } from '../method-place.ts';
import type { DescribedMethod } from '../methods/catalog.ts';
import { mathMarkup, plainFormula } from '../methods/formula-markup.ts';

/** What the report computes and by whose formula, for formats without a page of their own. */
export function methodBlocks(methods: readonly DescribedMethod[]): readonly Block[] {
  return [
    { kind: 'text', text: { key: 'methods.intro' } },
    ...methods.flatMap(({ title, formula, text, source }): readonly Block[] => [
      { kind: 'heading', text: title },
      ...(formula === '' ? [] : [{ kind: 'code', text: plainFormula(formula) } as const]),
      { kind: 'text', text },
      { kind: 'text', text: source },
    ]),
  ];
}

/**
 * The same as cards of a page.
 * @param further covariances that the tables are not computed by and a reader may choose: hidden until then
 */
export function methodCards(methods: readonly DescribedMethod[], further: readonly DescribedMethod[] = []): string {
  const cards = [
    ...methods.map((method) => ({ ...method, hidden: '' })),
    ...further.map((method) => ({ ...method, hidden: ' data-further hidden' })),
  ];
  return [
    `<p>${say({ key: 'methods.intro' })}</p>`,
    ...cards.map(({ id, title, formula, text, source, hidden }) =>
      [
        `<article class="method" id="${escapeMarkup(methodPlace(id))}"${hidden}>`,
        `<h3>${say(title)}</h3>`,
        formula === '' ? '' : `<div class="scroll" tabindex="0">${mathMarkup(formula)}</div>`,
        `<p>${say(text)} <cite>${escapeMarkup(source)}</cite></p>`,
        '</article>',
      ].join(''),
    ),
  ].join('\n');
}

import type { Block } from '../../document/contract.ts';
import { escapeMarkup } from '../../document/table/escape.ts';
import { say } from '../bilingual.ts';
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

/** The element of a method on a page. */
export function methodPlace(id: string): string {
  return `method-${id}`;
}

/** The same as cards of a page. */
export function methodCards(methods: readonly DescribedMethod[]): string {
  return [
    `<p>${say({ key: 'methods.intro' })}</p>`,
    ...methods.map(({ id, title, formula, text, source }) =>
      [
        `<article class="method" id="${escapeMarkup(methodPlace(id))}">`,
        `<h3>${say(title)}</h3>`,
        formula === '' ? '' : `<div class="scroll" tabindex="0">${mathMarkup(formula)}</div>`,
        `<p>${say(text)} <cite>${escapeMarkup(source)}</cite></p>`,
        '</article>',
      ].join(''),
    ),
  ].join('\n');
}

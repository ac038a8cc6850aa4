import { type DescribedMethod, describedMethods, methodIds } from '../../src/output/report/methods/catalog.ts';
import { plainFormula } from '../../src/output/report/methods/formula-markup.ts';

/** docs/methods/formulas.md: what the methods section of a report can say, from the same place. */
export function methodsDocs(): string {
  return [
    '# Formulas and sources',
    '',
    'What the methods section of a report says of each estimator, covariance, small-sample convention and test that its study uses. Made',
    'from `src/output/report/methods/catalog.ts` and its words by `npm run docs`; the other pages here say more of each.',
    '',
    ...describedMethods(new Set(methodIds)).flatMap(methodLines),
  ].join('\n');
}

function methodLines({ title, formula, text, source }: DescribedMethod): readonly string[] {
  const english = (label: DescribedMethod['title']): string => (typeof label === 'string' ? label : label.en);
  return [
    `## ${english(title)}`,
    '',
    ...(formula === '' ? [] : [`    ${plainFormula(formula)}`, '']),
    english(text).replaceAll('*', '\\*').replaceAll('_', '\\_').replaceAll('~', '\\~'),
    '',
    source,
    '',
  ];
}

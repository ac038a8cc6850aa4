import { formatCount } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { say } from '../bilingual.ts';
import type { SampleLedger } from '../outline.ts';

const count = (value: number): string => formatCount(value, publishedStyle);

/** How the universe of cities became the panel, rule by rule. */
export function sampleSection(ledger: SampleLedger): string {
  const { universe, cities, years, observations } = ledger;
  const head = (['rule', 'reason', 'out', 'left', 'basis'] as const).map((name) => {
    const kind = name === 'out' || name === 'left' ? ' class="num"' : '';
    return `<th scope="col"${kind}>${say({ key: `ledger.${name}` })}</th>`;
  });
  const rows = ledger.steps.map((step) =>
    [
      `<tr${step.isAssumption ? ' class="assumed"' : ''}><th scope="row">${say(step.rule)}</th>`,
      `<td>${say(step.reason)}</td>`,
      `<td class="num">${count(step.citiesOut)}</td><td class="num">${count(step.citiesLeft)}</td>`,
      `<td>${step.isAssumption ? `<span class="flag">${say({ key: 'ledger.assumption' })}</span>` : say({ key: 'ledger.stated' })}</td></tr>`,
    ].join(''),
  );
  return [
    `<p>${say({ key: 'ledger.intro', values: { universe: universe.cities, cities, years, observations } })}</p>`,
    '<div class="scroll" tabindex="0">',
    '<table class="kaya-table prose ledger">',
    `<caption>${say({ key: 'ledger.caption' })}</caption>`,
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody><tr><th scope="row">${say(universe.label)}</th><td></td><td></td><td class="num">${count(universe.cities)}</td><td></td></tr>`,
    ...rows,
    `<tr class="ruled total"><th scope="row">${say({ key: 'ledger.panel' })}</th>`,
    `<td>${say({ key: 'ledger.product', values: { cities, years, observations } })}</td>`,
    `<td></td><td class="num">${count(cities)}</td><td></td></tr></tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
}

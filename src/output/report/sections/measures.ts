import type { Block } from '../../document/contract.ts';
import { escapeMarkup } from '../../document/table/escape.ts';
import type { Text } from '../../table/contract.ts';
import { joinedBy, words } from '../../table/parts.ts';
import { say } from '../bilingual.ts';
import type { MeasureRow } from '../outline.ts';

/** Every variable: what it is, its unit, how it is computed, from where, and what happens to missing cells. */
export function measureBlocks(measures: readonly MeasureRow[]): readonly Block[] {
  return [{ kind: 'text', text: { key: 'measures.intro' } }, ...measures.map(measureFacts)];
}

function measureFacts(row: MeasureRow): Block {
  const fact = (label: Text, text: Text) => ({ label, value: words(text) });
  return {
    kind: 'facts',
    title: joinedBy([row.symbol, row.name], 'list.comma'),
    lines: [joinedBy([row.role, row.unit], 'list.comma'), row.formula],
    facts: [
      ...row.inputs.map(({ id, unit, method }) => fact(id, joinedBy([method, unit], 'list.comma'))),
      fact({ key: 'measures.source' }, row.source),
      fact({ key: 'measures.cells' }, { key: 'measures.cell_counts', values: row.cells }),
      fact({ key: 'measures.missing' }, row.missingRule),
      ...(row.assumption === null ? [] : [fact({ key: 'measures.assumption' }, row.assumption)]),
    ],
    below: '',
  };
}

/** The same as cards of a page. */
export function measureCards(measures: readonly MeasureRow[]): string {
  return [
    `<p>${say({ key: 'measures.intro' })}</p>`,
    '<div class="measures">',
    ...measures.map(measure),
    '</div>',
  ].join('\n');
}

/** What the author set between backquotes is something to type. */
function withCode(markup: string): string {
  return markup.replace(/`([^`]+)`/g, '<code>$1</code>');
}

function measure(row: MeasureRow): string {
  const fact = (label: Text, value: string, kind = ''): string =>
    `<div${kind}><dt>${say(label)}</dt><dd>${value}</dd></div>`;
  return [
    `<article class="measure" id="measure-${escapeMarkup(row.id)}">`,
    `<header><h3>${say(row.symbol)}</h3><p class="role">${say(row.role)}</p></header>`,
    '<div>',
    `<p class="name">${say(row.name)} <span class="unit">${say(row.unit)}</span></p>`,
    `<p class="formula">${escapeMarkup(row.formula)}</p>`,
    '<dl>',
    ...row.inputs.map(({ id, unit, method }) =>
      fact(id, `${say(method)} <span class="unit">(${say(unit)})</span>`, ' class="input"'),
    ),
    fact({ key: 'measures.source' }, say(row.source)),
    fact({ key: 'measures.cells' }, say({ key: 'measures.cell_counts', values: row.cells })),
    fact({ key: 'measures.missing' }, say(row.missingRule)),
    row.assumption === null
      ? ''
      : fact({ key: 'measures.assumption' }, withCode(say(row.assumption)), ' class="assumed"'),
    '</dl>',
    '</div>',
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { reportParts } from './report-parts.ts';

const exhibit = (id: string, cell: string, figure: string): string =>
  `<div class="exhibit" id="${id}"><div class="beside"><div class="printed"><table><tbody><tr><th>x</th><td>${cell}</td></tr></tbody></table></div><figure>${figure}</figure></div><details><p>fold</p></details></div>`;
const tableOf = (cell: string): string => `<table><tbody><tr><th>x</th><td>${cell}</td></tr></tbody></table>`;

function page() {
  const { document } = parseHTML(`<main>${exhibit('t1', '1', 'F1')}${exhibit('t2', '2', 'F2')}</main>`);
  const forgotten: string[] = [];
  const answers = { set: () => undefined, forget: (id: string) => forgotten.push(id) };
  const parts = reportParts(document as unknown as Document, [answers]); // as far as the parts use one
  const shown = () =>
    ['t1', 't2'].map((id) => {
      const element = document.getElementById(id);
      const cell = element?.querySelector('td');
      return `${cell?.textContent}${cell?.classList.contains('changed') ? '*' : ''} ${element?.querySelector('figure')?.textContent}`;
    });
  const told = (place: 'table' | 'exhibit' | 'fault', id: string, markup: string) =>
    parts.replace(parts.prepare({ kind: 'markup', run: 1, place, id, markup }));
  return { document, parts, shown, told, forgotten };
}

test('what differs from the authors’ is marked, what is as theirs is not, and all goes back', () => {
  const { parts, shown, told } = page();
  parts.begin('vcov=iid');
  told('exhibit', 't1', exhibit('t1', '1.5', 'G1'));
  told('exhibit', 't2', exhibit('t2', '2', 'G2'));
  expect(shown()).toEqual(['1.5* G1', '2 G2']);
  parts.restore();
  expect(shown()).toEqual(['1 F1', '2 F2']);
});

test('a version that is ended early keeps what it made, and nothing of the version before it', () => {
  const { parts, shown, told, forgotten } = page();
  parts.begin('vcov=iid');
  told('exhibit', 't1', exhibit('t1', '1.5', 'G1'));
  told('exhibit', 't2', exhibit('t2', '2.5', 'G2'));
  parts.begin('vcov=iid');
  told('table', 't1', tableOf('1.7'));
  parts.settle();
  expect(shown()).toEqual(['1.7* F1', '2 F2']);
  expect(forgotten).toEqual(['t2']);
});

test('a table that cannot be had leaves no figure and no fold of another version', () => {
  const { document, parts, told } = page();
  parts.begin('vcov=iid');
  told('fault', 't1', '<p class="warned">why</p>');
  expect(document.querySelector('#t1 .printed')?.textContent).toBe('why');
  expect(document.querySelectorAll('#t1 figure, #t1 details').length).toBe(0);
  parts.restore();
  expect(document.querySelectorAll('#t1 figure, #t1 details').length).toBe(2);
});

test('folds that were opened stay open', () => {
  const { document, parts, told } = page();
  document.querySelector('#t1 details')?.setAttribute('open', '');
  parts.begin('vcov=iid');
  told('exhibit', 't1', exhibit('t1', '3', 'G'));
  expect(document.querySelector('#t1 details')?.hasAttribute('open')).toBe(true);
});

import type { Block } from '../../document/contract.ts';
import type { Cell, TableModel } from '../../table/contract.ts';
import { counted, empty, tableOf, words } from '../../table/parts.ts';
import type { SampleLedger } from '../outline.ts';

/** How the universe of cities became the panel, rule by rule. */
export function sampleBlocks(ledger: SampleLedger): readonly Block[] {
  const { universe, cities, years, observations } = ledger;
  return [
    { kind: 'text', text: { key: 'ledger.intro', values: { universe: universe.cities, cities, years, observations } } },
    { kind: 'table', table: ledgerTable(ledger), look: 'prose' },
  ];
}

function ledgerTable({ universe, steps, cities, years, observations }: SampleLedger): TableModel {
  return tableOf(
    'sample-ledger',
    { key: 'ledger.caption' },
    {
      stub: { key: 'ledger.rule' },
      columns: (['reason', 'out', 'left', 'basis'] as const).map((id) => ({ id, label: { key: `ledger.${id}` } })),
      rows: [
        { id: 'universe', label: words(universe.label), cells: [empty, empty, counted(universe.cities), empty] },
        ...steps.map((step, i) => ({
          id: `${i + 1}`,
          label: words(step.rule),
          cells: [words(step.reason), counted(step.citiesOut), counted(step.citiesLeft), basisOf(step.isAssumption)],
        })),
        {
          id: 'panel',
          label: words({ key: 'ledger.panel' }),
          cells: [
            words({ key: 'ledger.product', values: { cities, years, observations } }),
            empty,
            counted(cities),
            empty,
          ],
          ruled: true,
        },
      ],
    },
  );
}

/** Whether the source says a rule, or the study assumes it. */
export function basisOf(isAssumption: boolean): Cell {
  return {
    kind: 'word',
    key: isAssumption ? 'ledger.assumption' : 'ledger.stated',
    isAlert: isAssumption,
    align: 'start',
  };
}

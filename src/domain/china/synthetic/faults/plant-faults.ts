import { keysOf } from '../../../../error/known-keys.ts';
import { type RandomStream, randomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import { plantCells } from './cell-faults.ts';
import { columnFaults } from './column-faults.ts';
import type { FileForm, PlantedFault, RawGrid, TableFaultKind } from './contract.ts';
import { plant, settleDraft, type TableDraft } from './draft.ts';
import { type FaultCity, nameFaults, rowFaults } from './row-faults.ts';
import { lossyValues, unitFaults } from './value-faults.ts';

/** Streams of the faults: one a group of kinds, one substream a file. */
const faultStream = 960;

type Fault = (draft: TableDraft, random: RandomStream, cities: ReadonlyMap<number, FaultCity>) => void;

/**
 * Groups in the order in which they are planted: values before the cells that hold them, cells before columns, columns before
 * rows, so that what a fault says of its place is its place in the file as written.
 */
const groups: readonly Readonly<Partial<Record<TableFaultKind, Fault>>>[] = [
  lossyValues,
  unitFaults,
  // cells come here
  columnFaults,
  nameFaults,
  rowFaults,
];

/**
 * Dirties tables: of the kinds that are switched on each file gets about half, by chance. Deterministic in seed, files and
 * kinds.
 * @param drafts clean tables; they are changed
 */
export function plantFaults(
  drafts: readonly TableDraft[],
  kinds: ReadonlySet<TableFaultKind>,
  options: { seed: number; cities: ReadonlyMap<number, FaultCity>; share?: number },
): { grids: RawGrid[]; key: PlantedFault[] } {
  const { seed, cities, share = 0.5 } = options;
  const grids: RawGrid[] = [];
  const key: PlantedFault[] = [];
  drafts.forEach((draft, file) => {
    groups.forEach((group, g) => {
      if (group === columnFaults) plantCells(draft, kinds, randomStream(seed, faultStream + groups.length, file));
      const random = randomStream(seed, faultStream + g, file);
      for (const kind of keysOf(group)) {
        const isChosen = group === lossyValues || random.uniform() < share;
        if (kinds.has(kind) && isChosen) group[kind]?.(draft, random, cities);
      }
    });
    plantForm(draft, kinds, randomStream(seed, faultStream + groups.length + 1, file));
    const { grid, faults } = settleDraft(draft);
    grids.push(grid);
    for (const fault of faults) key.push(fault);
  });
  return { grids, key };
}

/** Chooses how the file is written. */
function plantForm(draft: TableDraft, kinds: ReadonlySet<TableFaultKind>, random: RandomStream): void {
  draft.form = fileForm(random, kinds);
  const { format, encoding, delimiter } = draft.form;
  if (format === 'xlsx') {
    draft.path = draft.path.replace(/\.csv$/, '.xlsx');
    plant(draft, 'workbook', { after: 'xlsx' });
    return;
  }
  if (encoding !== 'utf-8') plant(draft, 'encoding', { before: 'utf-8', after: encoding });
  if (delimiter !== ',') plant(draft, 'delimiter', { before: ',', after: delimiter });
}

function fileForm(random: RandomStream, kinds: ReadonlySet<TableFaultKind>): FileForm {
  const pick = <T extends string>(list: readonly T[]): T => pickOne(list, random);
  const [roll, encoding, delimiter] = [
    random.integer(4),
    pick(['utf-8', 'gb18030', 'utf-8-bom', 'utf-16le'] as const),
    pick([',', '\t', ';'] as const),
  ];
  if (kinds.has('workbook') && roll === 0) return { format: 'xlsx', encoding: 'utf-8', delimiter: ',' };
  return {
    format: 'csv',
    encoding: kinds.has('encoding') ? encoding : 'utf-8',
    delimiter: kinds.has('delimiter') ? delimiter : ',',
  };
}

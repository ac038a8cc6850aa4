import { faultTable, panelTable, type ScoreDocument } from '../../table/fault-score.ts';
import type { Document } from '../contract.ts';

/** What `kaya simulate --score` says: recall and precision by kind of fault, then the cells of the panel that differ. */
export function scoreDocument(score: ScoreDocument, { version }: { readonly version: string }): Document {
  const table = faultTable(score);
  return {
    title: table.title,
    blocks: [
      { kind: 'table', table },
      { kind: 'table', table: panelTable(score) },
    ],
    data: { kaya: version, ...score },
  };
}

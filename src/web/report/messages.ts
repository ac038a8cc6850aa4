import type { ReplicateJob } from '../../model/replicate/contract.ts';
import type { TableBlock } from '../../output/document/contract.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { AnswerMarkup } from '../../output/report/answers.ts';
import type { Bilingual } from '../../study/language/bilingual.ts';
import type { Version } from '../../study/version/contract.ts';
import type { VersionOffers } from '../../study/version/offers.ts';
import type { Share } from '../../study/version/run-version.ts';
import type { DrawRange } from './pace.ts';
import type { TableTaken, TableWanted } from './print-table.ts';

/** The one language that the page holds; null: all of them. */
export type Shown = Language | null;

/** What the page asks of the program beside it. */
export type Ask =
  /** `study`: as `packStudy` gives it; `code`: the program's own, for others that help it. */
  | { readonly kind: 'open'; readonly study: Uint8Array<ArrayBuffer>; readonly code: Blob }
  /** The version of names and values of an address. */
  | { readonly kind: 'read'; readonly run: number; readonly address: readonly (readonly [string, string])[] }
  /** Takes the place of what it is at. `run` comes back with every answer. */
  | {
      readonly kind: 'show';
      readonly run: number;
      readonly version: Version;
      readonly language: Shown;
      /** Its estimates came ahead: they are not told again. */
      readonly isAhead: boolean;
    }
  /** Makes the estimates of a version under every covariance that is offered, so that the next choice costs nothing. */
  | { readonly kind: 'ahead'; readonly run: number; readonly version: Version; readonly language: Shown }
  /** Ends what it is at. */
  | { readonly kind: 'rest'; readonly run: number }
  /** Draws for another program like it, which gives a job once: null is the one before. `id` comes back with them. */
  | { readonly kind: 'draw'; readonly id: number; readonly job: ReplicateJob | null; readonly range: DrawRange }
  /** A table to be taken away; `id` comes back with it. */
  | { readonly kind: 'take'; readonly id: number; readonly wanted: TableWanted };

/** What it answers: markup is made by the printers of the report, which write no markup of what they are given. */
export type Told =
  | { readonly kind: 'opened'; readonly offers: VersionOffers }
  | { readonly kind: 'rows'; readonly run: number; readonly rows: Share; readonly units: Share }
  | { readonly kind: 'read'; readonly run: number; readonly version: Version }
  /** Elements that the version leaves as the authors have them. */
  | { readonly kind: 'left'; readonly run: number; readonly places: readonly string[] }
  /** In place of the table alone, of the whole exhibit with its folds and figures, of an element of the first screen. */
  | {
      readonly kind: 'markup';
      readonly run: number;
      readonly place: Place;
      readonly id: string;
      readonly markup: string;
      /** What stands behind the numbers of the table; null: nothing. */
      readonly answers?: AnswerMarkup | null;
      /** The table as data; null: there is none. */
      readonly block?: TableBlock | null;
    }
  | { readonly kind: 'progress'; readonly run: number; readonly done: number; readonly of: number }
  | { readonly kind: 'ended'; readonly run: number }
  /** Estimates that nobody asked for yet. */
  | { readonly kind: 'ahead'; readonly version: Version; readonly language: Shown; readonly parts: readonly Told[] }
  | { readonly kind: 'drawn'; readonly id: number; readonly statistics: Float64Array<ArrayBuffer> }
  | { readonly kind: 'taken'; readonly id: number; readonly table: TableTaken }
  | { readonly kind: 'untaken'; readonly id: number; readonly reason: string }
  /** The version itself cannot be read. */
  | { readonly kind: 'refused'; readonly run: number; readonly reason: Bilingual };

export type Place = 'table' | 'exhibit' | 'fault' | 'element';

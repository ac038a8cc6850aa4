import type { KeyRole } from '../language/key-headers.ts';
import type { PlaceAnswer, PlaceQuery } from '../source/places.ts';
import type { UnitDoubt } from './column-unit.ts';

/** What stops a sheet from being read whole; each with its place. Decided on by whoever asked for the reading. */
export type SheetFault =
  | {
      readonly kind: 'missing-header';
      readonly role: KeyRole;
      readonly aliases: readonly string[];
      /** No column of places, or none of a known series: nothing of the sheet could be read in any case. */
      readonly isUnknown?: true;
    }
  /** No column gives the year, and the names of file and sheet leave it open. */
  | {
      readonly kind: 'unknown-year';
      readonly written: string;
      readonly years: readonly number[];
      readonly reason: 'yearbook' | 'several';
    }
  | { readonly kind: 'unreadable'; readonly row: number; readonly header: string; readonly cell: string }
  | { readonly kind: 'excel-code'; readonly row: number; readonly header: string; readonly cell: string }
  | {
      readonly kind: 'unknown-unit';
      /** Row of the header, of the title or of the cell; null: of the title, whose row is not kept. */
      readonly row: number | null;
      /** From 1. */
      readonly column: number | null;
      readonly header: string;
      readonly indicator: string;
      readonly unit: string;
      readonly known: readonly string[];
      readonly doubt: UnitDoubt;
      /** The number beside the unit; null for a whole column. */
      readonly cell: string | null;
    }
  | { readonly kind: 'ragged'; readonly row: number; readonly expected: number; readonly found: number }
  | {
      readonly kind: 'unknown-place';
      readonly row: number;
      readonly name: string;
      readonly query: PlaceQuery;
      readonly reason: Exclude<PlaceAnswer, { place: number }>['reason'];
    };

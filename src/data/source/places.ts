/** What a raw row says of its city. Texts as written, empty or null when the row says nothing. */
export interface PlaceQuery {
  /** Six-digit division code, also of a county (its city is meant) or an old one. */
  readonly code: string | null;
  readonly province: string | null;
  readonly name: string | null;
  /** The year of the row: names and codes hold in their time. Null: any time. */
  readonly year: number | null;
}

/** How a place was found, or why not. `rule` other than `exact` goes to the ledger. */
export type PlaceAnswer =
  | {
      readonly city: number;
      /** exact: a current code or full name; city-code: an old code or a county's; city-name: an alias or a short name. */
      readonly rule: 'exact' | 'city-code' | 'city-name' | 'traditional';
    }
  | {
      readonly city: null;
      /** not-a-city: a province, the nation, a subtotal; ambiguous: several cities have the name and no province tells. */
      readonly reason: 'empty' | 'not-a-city' | 'ambiguous' | 'unknown' | 'contradiction';
      /** Chinese names of cities that may be meant, nearest first. */
      readonly nearest: readonly string[];
    };

/** Finds cities. Made once of the gazetteer and its history. */
export interface PlaceIndex {
  resolve(query: PlaceQuery): PlaceAnswer;
  /** The city that a free address starts with (longest match of division names), for registry rows without one. */
  ofAddress(address: string): PlaceAnswer;
}

/** What a raw row says of its place, the unit that its values are of. Texts as written, empty or null when the row says nothing. */
export interface PlaceQuery {
  /** Its code: today's, an old one, or one of a part of it. */
  readonly code: string | null;
  readonly province: string | null;
  readonly name: string | null;
  /** The year of the row: names and codes hold in their time. Null: any time. */
  readonly year: number | null;
}

/** How a place was found, or why not. `rule` other than `exact` goes to the ledger. */
export type PlaceAnswer =
  | {
      readonly place: number;
      /** exact: a current code or full name; city-code: an old code or a part's; city-name: an alias or a short name. */
      readonly rule: 'exact' | 'city-code' | 'city-name' | 'traditional';
    }
  | {
      readonly place: null;
      /** no-unit: a subtotal, a whole that the units are parts of; ambiguous: several have the name and nothing tells. */
      readonly reason: 'empty' | 'no-unit' | 'ambiguous' | 'unknown' | 'contradiction';
      /** Names of places that its code or name means elsewhere or at another time. */
      readonly nearest: readonly string[];
    };

/** Finds places. Made once of their table and its history. */
export interface PlaceIndex {
  resolve(query: PlaceQuery): PlaceAnswer;
  /**
   * Names of places that a query without a place may mean, nearest first: those of its answer, then those that are alike. The
   * name is compared with every known one, so it is asked for what is shown, not for every row.
   */
  nearest(query: PlaceQuery): readonly string[];
  /** The place that a free address starts with (longest match of names), for rows without one. */
  ofAddress(address: string): PlaceAnswer;
}

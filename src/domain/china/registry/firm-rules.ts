import { said } from '../../../error/said.ts';
import { textRows } from '../../../table/cell-at.ts';
import { readAliases, readDivisionChanges, readGazetteer } from '../place/gazetteer.ts';
import { type ReferenceTables, requireTable } from '../source/reference-tables.ts';
import type { MatchRules } from './judge-text.ts';
import { type Keyword, keywordList } from './keyword.ts';
import type { CountRules, PlaceTables, ScanRules } from './scan-contract.ts';

/** What a study says of the firms of its registry tables. */
export interface FirmCountStudy {
  readonly data: {
    readonly registry: CountRules & MatchRules & { /** yyyymmdd. */ readonly as_of: number | null };
  };
  readonly panel: { readonly years: readonly [first: number, last: number] };
}

/** How a study counts the firms of its registry tables. */
export function scanRulesOf(study: FirmCountStudy, reference: ReferenceTables): ScanRules {
  const { count, status, branches, individuals, variants, exclusions, negation, as_of } = study.data.registry;
  return {
    keywords: keywordsOf(reference),
    match: { variants, exclusions, negation },
    counting: { count, status, branches, individuals },
    asOf: as_of,
    lastYear: study.panel.years[1],
    sample: 0,
    seed: 0,
  };
}

/** The keyword list of a study with its exclusions. @throws missing-header, file-unreadable */
export function keywordsOf({ keywords, keywordExclusions }: ReferenceTables): Keyword[] {
  const listed = requireTable(keywords, 'reference/keywords.csv', said('file.keywords'));
  const exclusions = keywordExclusions === null ? [] : textRows(keywordExclusions);
  return keywordList(textRows(listed), exclusions, 'reference/keywords.csv');
}

/** English names of the keywords, where the list has a column of them. */
export function keywordNames({ keywords }: ReferenceTables): ReadonlyMap<string, string> {
  const rows = keywords === null ? [] : textRows(keywords);
  return new Map(
    rows.flatMap(({ zh = '', en_printed: printed = '', en = printed }) =>
      zh.trim() === '' || en.trim() === '' ? [] : [[zh.trim(), en.trim()] as const],
    ),
  );
}

/** What the cities of a study are found by. @throws file-unreadable */
export function placeTablesOf({
  cities,
  cityAliases,
  divisionChanges,
}: Pick<ReferenceTables, 'cities' | 'cityAliases' | 'divisionChanges'>): PlaceTables {
  const gazetteer = readGazetteer(cities);
  return {
    gazetteer,
    aliases: cityAliases === null ? [] : readAliases(cityAliases, gazetteer),
    changes: divisionChanges === null ? [] : readDivisionChanges(divisionChanges, gazetteer),
  };
}

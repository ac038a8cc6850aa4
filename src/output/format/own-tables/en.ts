/** What is said of raw tables of the user's own, English: of commands, and no part of what a page opens with. */
export const ownTablesEn = {
  'tables.passed':
    '{file} is not read: it has no column of cities, or none of a known series. Its header has {header}. If it is a table of cities, call their column {name} or {code} and declare its series under data.headers of study.yaml; if not, take it out of the folder.',
  'tables.gap':
    'No table has {series} of any city in {years}. What stands in its place is filled by the rule of each measure (`missing`), or missing.',
  'tables.slip':
    'Possible slip of unit: {series} in {file}, {years}, {cells:cell/cells}: 10^{power} times its neighbours in time. Nothing was changed; look at the unit there, or take the rule from the report of `kaya study run`.',
  'tables.strays':
    '{count:table lies/tables lie} in {folder} outside its folders and {count:is/are} not read: {names}. Tables of yearbooks belong in {folder}/yearbook, of energy in {folder}/energy, of patents in {folder}/patents, of firms in {folder}/registry.',
  'tables.summary':
    'From these raw tables: {tables:table/tables} and {figures:figure/figures} of the study; not {lost_tables:table/tables}, {lost_figures:figure/figures} and {claims:claim/claims}, which need {variables}.',
  'tables.made': 'Tables that can be made: {names}.',
  'tables.unmade': 'Tables that cannot be made: {names}.',
} as const;

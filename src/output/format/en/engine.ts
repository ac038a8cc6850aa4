/** Models whose sums an engine made, English. */
export const engineEn = {
  'engine.step': 'Sums where the rows are',
  'engine.pass': 'pass {number}, {what}',
  'engine.model_pass': '{model}, pass {number}, {what}',
  'engine.done': 'DuckDB',
  'engine.chosen':
    'The data are taken to be larger than half of the memory: the sums are made by DuckDB (--engine duckdb).',
  'engine.note':
    'Model {model}: sums by {name} in {passes:pass/passes}; one more Newton step moves a coefficient by at most {step} standard errors.',
  'engine.plan.title': 'Plan of {formula}',
  'engine.plan.split': 'Plan of {formula}, by {by}: once for every value',
  'engine.plan.line': 'Pass {number}, {what}: {reads}',
  'engine.plan.source': 'reads the data, {size}',
  'engine.plan.source_unknown': 'reads the data',
  'engine.plan.rows': 'reads the rows of the sample, up to {size}',
  'engine.plan.levels': 'reads levels of effects',
  'engine.plan.sends': 'sends numbers',
  'engine.plan.foot':
    'Nothing was run. Numbers that come from earlier passes stand as ?; levels and dropped columns may add passes.',
  'engine.what.names': 'columns',
  'engine.what.parts': 'the values that split the sample',
  'engine.what.panel': 'keys of the panel',
  'engine.what.losses': 'rows by what becomes of them',
  'engine.what.rows': 'the sample laid down',
  'engine.what.levels': 'levels of the effects',
  'engine.what.singletons': 'rows alone in a level',
  'engine.what.nested': 'effects within clusters',
  'engine.what.terms': 'levels of a term',
  'engine.what.moments': 'means and squares',
  'engine.what.means': 'means of the first effect',
  'engine.what.pairs': 'where the effects meet',
  'engine.what.right-hand-sides': 'sums of the other effect',
  'engine.what.effects': 'coefficients of the other effect',
  'engine.what.net': 'columns net of the effects',
  'engine.what.products': 'cross-products',
  'engine.what.collinear': 'a column near to the others',
  'engine.what.residuals': 'residuals and a Newton step',
  'engine.what.scores': 'sums of the scores',
  'engine.what.fitted': 'correlations of the fit',
  'engine.what.quantiles': 'numbers around the percentiles',
  'sums.title': 'Sums of {formula} by {by}',
  'sums.rows': '{rows:row/rows} in {groups:group/groups}, each of at least {least:row/rows}',
  'sums.pooled':
    '{small:group/groups} of fewer rows are one group ({rows:row/rows}): errors by {by} cannot be had of it',
  'sums.columns': 'columns net of the fixed effects: {columns}',
  'sums.reveals':
    'For every group the file tells its number of rows and the cross-products of these columns: how much each varies within the group, and how they go together; of all rows together the mean of each. It holds no row, no mean of a group, and no name of one.',
  'sums.reveals_means':
    'For every group the file tells its number of rows, the means and the cross-products of these columns: where the group lies, how much each column varies within it, and how they go together. It holds no row and no name of a group.',
  'sums.reveals_rows':
    'The smallest group has {rows:row/rows} for {columns:column/columns}: so few rows are told up to a rotation, which somebody who knows some of them may undo. Raise --min-rows, or group by a coarser column.',
  'sums.next': 'What repeats it without the rows, for the formula and with regressors left out:',
} as const;

// Words by which rows and marks of a printed table are known, in both languages.

/** Names of statistics of a variable, as they are called here. */
export const statisticNames: Readonly<Record<string, string>> = {
  ...{ obs: 'obs', n: 'obs', observations: 'obs', count: 'obs', 样本量: 'obs', 观测值: 'obs', 样本数: 'obs' },
  ...{ mean: 'mean', average: 'mean', 均值: 'mean', 平均值: 'mean', 平均数: 'mean' },
  ...{ sd: 'sd', std: 'sd', 'std. dev.': 'sd', 'std.dev.': 'sd', 'std dev': 'sd', stdev: 'sd' },
  ...{ 'standard deviation': 'sd', 's.d.': 'sd', 标准差: 'sd', min: 'min', minimum: 'min', 最小值: 'min' },
  ...{ max: 'max', maximum: 'max', 最大值: 'max', median: 'median', p50: 'median', 中位数: 'median' },
  ...{ p1: 'p1', p5: 'p5', p10: 'p10', p25: 'p25', p75: 'p75', p90: 'p90', p95: 'p95', p99: 'p99' },
};

/** The statistic that a heading names. */
export function statisticOf(cell: string): string | undefined {
  const name = cell.trim().toLowerCase();
  return Object.hasOwn(statisticNames, name) ? statisticNames[name] : undefined;
}

/** A mark that says whether something is in a model. */
export function isMark(cell: string): boolean {
  return /^(y|yes|true|n|no|✓|√|✔|×|x|–|—|-|是|否|控制|未控制)$/iu.test(cell.trim());
}

/** A mark that says that it is. */
export function isYes(cell: string): boolean {
  return /^(y|yes|true|✓|√|✔|x|是|控制)$/iu.test(cell.trim());
}

export const rowsForm =
  /^(n|obs\.?|observations?|no\.? (of )?obs\w*\.?|num(ber|\.)? ?(of )?obs\w*\.?|sample size|样本量|观测值|观测数|样本数)$/i;
export const r2Form =
  /^(adj\w*\.?[\s-]*)?((within|overall|between|pseudo)[\s-]*)?(r\s*[-^]?\s*(2|²|sq\w*))(\s*\(?(adj\w*\.?|within|overall|between)\)?)?$/i;
export const noteForm =
  /^(notes?\b|source\b|注[:：])|(statistics?|errors?|values?)\s+(are\s+)?in\s+(parenthes|bracket)|括号内|\*\s*p\s*</i;
export const outcomeForm = /(?:\b(?:dependent variable|dep\. ?var\.?|outcome)\b|因变量|被解释变量)\s*[:：]?\s*(.*)$/i;
export const titleForm = /^(?:table\b|表\s*(?=\d))\s*[:.]?\s*([A-Z]?\d+[A-Za-z]?)?\b\s*[|:.\t -]*\s*(.*)$/i;

/** What a row of fixed effects is of: `city` of `City fixed effects`. */
export function effectOf(label: string): string {
  return label
    .toLowerCase()
    .replace(/\b(fixed[\s-]effects?|effects?|fe|dumm(y|ies))\b|固定效应|效应/g, '')
    .trim();
}

/** A row that says only that there are control variables. */
export function isOfControls(name: string): boolean {
  return /^controls?$|control variables|控制变量/.test(name);
}

/** Whether a note says of what stands in parentheses that it is a statistic or an error; null where it says neither. */
export function kindOfNote(note: string | null): 't' | 'se' | null {
  if (note === null) return null;
  if (/\b[tz][\s-]*(statistic|stat|value|ratio)|[tz]\s*[统值]/i.test(note)) return 't';
  return /standard error|std\.? ?err|\bs\.?e\.?s?\b.*(parenthes|bracket)|标准误/i.test(note) ? 'se' : null;
}

/** Which covariance a note says; null where it says none. */
export function errorsOfNote(note: string | null | undefined): 'classical' | 'robust' | null {
  const text = note ?? '';
  if (/cluster|robust|heterosk|driscoll|newey|conley|bootstrap|稳健|聚类/i.test(text)) return 'robust';
  return /classical|conventional|homosk|\biid\b/i.test(text) ? 'classical' : null;
}

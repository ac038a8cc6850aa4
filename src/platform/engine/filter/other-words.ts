/*
 * What R, Stata and pandas write in a condition, taken to the words of SQL. Used for advice alone: a filter is never changed.
 */

const part = '(?:[\\p{L}_][\\p{L}\\p{N}_.]*|\uE000\\d+\uE000)';
const none = '(?:\\.(?![\\p{L}\\p{N}_.])|NA(?:_\\w+_)?|None|NaN|np\\.nan|pd\\.NA)(?![\\p{L}\\p{N}_(])';
const denied = '((?:!|~|\\bnot\\s)\\s*)?';
const list = '(?:c\\s*)?[([]\\s*([^()[\\]]*?)\\s*[)\\]]';

const not = (sign: string | undefined): string => (sign === undefined ? '' : 'not ');

const rules: readonly (readonly [RegExp, string | ((...found: (string | undefined)[]) => string)])[] = [
  [
    new RegExp(
      `${denied}(?<![\\p{L}_.])(?:missing|mi|is\\.na|isna|isnull|is_null|pd\\.isna|pd\\.isnull)\\s*\\(\\s*(${part})\\s*\\)`,
      'gu',
    ),
    (_, sign, name) => `${name} is ${not(sign)}null`,
  ],
  [new RegExp(`(?<![\\p{L}_.])(?:pd\\.)?(?:notna|notnull)\\s*\\(\\s*(${part})\\s*\\)`, 'gu'), '$1 is not null'],
  [
    new RegExp(`${denied}(${part}?)\\.(?:isna|isnull)\\s*\\(\\s*\\)`, 'gu'),
    (_, sign, name) => `${name} is ${not(sign)}null`,
  ],
  [new RegExp(`(${part}?)\\.(?:notna|notnull)\\s*\\(\\s*\\)`, 'gu'), '$1 is not null'],
  [
    new RegExp(`${denied}(${part}?)\\.isin\\s*\\(\\s*[[({]\\s*([^()[\\]{}]*?)\\s*[\\])}]\\s*\\)`, 'gu'),
    (_, sign, name, values) => `${name} ${not(sign)}in (${values})`,
  ],
  [
    new RegExp(`${denied}(?<![\\p{L}_.])inlist\\s*\\(\\s*(${part})\\s*,\\s*([^()]*?)\\s*\\)`, 'gu'),
    (_, sign, name, values) => `${name} ${not(sign)}in (${values})`,
  ],
  [
    new RegExp(
      `${denied}(?<![\\p{L}_.])(?:inrange|between)\\s*\\(\\s*(${part})\\s*,\\s*([^(),]+?)\\s*,\\s*([^(),]+?)\\s*\\)`,
      'gu',
    ),
    (_, sign, name, low, high) => `${name} ${not(sign)}between ${low} and ${high}`,
  ],
  [
    new RegExp(`${denied}(${part}?)\\.between\\s*\\(\\s*([^(),]+?)\\s*,\\s*([^(),]+?)\\s*\\)`, 'gu'),
    (_, sign, name, low, high) => `${name} ${not(sign)}between ${low} and ${high}`,
  ],
  [
    new RegExp(`${denied}(${part})\\s*%in%\\s*${list}`, 'gu'),
    (_, sign, name, values) => `${name} ${not(sign)}in (${values})`,
  ],
  [new RegExp(`(${part})\\s*%in%\\s*([^\\s()&|,]+)`, 'gu'), '$1 in ($2)'],
  [new RegExp(`\\bin\\s*${list}`, 'gu'), 'in ($1)'],
  [new RegExp(`\\s*(?:!=|<>|~=|<)\\s*${none}`, 'gu'), ' is not null'],
  [new RegExp(`\\s*(?:==|=|>=)\\s*${none}`, 'gu'), ' is null'],
  [/~=/g, '<>'],
  [/(^|[\s(&|])[!~]\s*(?=[\p{L}_(\uE000])/gu, '$1not '],
  [/\s*(?:&&?)\s*/g, ' and '],
  [/\s*(?:\|\|?)\s*/g, ' or '],
];

/** A condition with the words of SQL for those of other programs, and texts in double quotes that are no column in single ones. */
export function inSqlWords(where: string, isColumn: (name: string) => boolean): string {
  const quoted: string[] = [];
  let code = where.replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
  code = code.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (text) => {
    const inner = text.slice(1, -1).replaceAll('""', '"');
    const isText = text.startsWith('"') && !isColumn(inner);
    quoted.push(isText ? quotedText(inner) : text);
    return `\uE000${quoted.length - 1}\uE000`;
  });
  for (const [pattern, write] of rules) {
    code = typeof write === 'string' ? code.replace(pattern, write) : code.replace(pattern, write);
  }
  return commasAsAnd(code)
    .trim()
    .replace(/\uE000(\d+)\uE000/g, (_, i: string) => quoted[Number(i)]);
}

/** A condition with a name that is no column in single quotes, as the text that it stands for. */
export function withNameAsText(where: string, name: string): string {
  return where.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}\p{N}_.]+/gu, (word) =>
    word === name ? quotedText(name) : word,
  );
}

/** `East` as SQL writes a text. */
function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Commas that stand in no brackets part the conditions of R's filter(). */
function commasAsAnd(code: string): string {
  let depth = 0;
  return [...code]
    .map((sign) => {
      if (sign === '(' || sign === '[') depth++;
      if (sign === ')' || sign === ']') depth--;
      return sign === ',' && depth === 0 ? ' and' : sign;
    })
    .join('');
}

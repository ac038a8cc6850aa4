import type { Pack } from '../../src/domain/contract.ts';

/** The parts of a JSON schema that the page needs. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  /** When a key that is not always required must be there. */
  readonly needed?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A page on the study file made from its schema: a table for every mapping, then the measures of the packs. */
export function studyDocs(schema: Schema, ready: Schema, packs: readonly Pack[]): string {
  const head = [
    '# The study file',
    '',
    'Made from the schema in `src/study/language/spec.ts` by `npm run docs`; a test holds this page to it. Unknown keys are errors.',
    'Start one with `kaya study init DIR`, check it with `kaya study check STUDY`, see every default with `--resolved`.',
    'A key that is required must be there where its mapping is; one of a mapping that is left out is not missed.',
    'Editors complete keys from `dist/study.schema.json` when the first line of the file names it:',
    '`# yaml-language-server: $schema=PATH`.',
    '',
    'A study is of one of two kinds: about a ready panel when it has `data.panel`, else from raw tables. Keys from `labels` on are',
    'the same in both; `data`, `panel`, `derived` and `measures` are not, and a key of the other kind is refused by name.',
  ];
  const own = ['data', 'panel', 'derived'].flatMap((key) => readySections(key, ready));
  const all = [...own, ...once(sections('study.yaml', schema)), ...packs.flatMap(measureSection)];
  return `${[...head, ...all].join('\n')}\n`;
}

/** Sections that several mappings share stand once: lines from a heading to the next one. */
function once(lines: readonly string[]): string[] {
  const starts = lines.flatMap((line, i) => (line.startsWith('## ') ? [i] : []));
  const found = starts.map((start, i) =>
    lines
      .slice(start, starts[i + 1])
      .join('\n')
      .trimEnd(),
  );
  return [...new Set(found)].flatMap((section) => ['', ...section.split('\n')]);
}

/** A key of studies about a ready panel, with those below it. */
function readySections(key: string, { properties = {} }: Schema): string[] {
  const schema = properties[key];
  if (schema === undefined) return [];
  return sections(key, schema).map((line) => line.replace(/^## (.*)/, '## $1 of a ready panel'));
}

function measureSection({ id: pack, title, measures }: Pack): string[] {
  if (measures.length === 0) return [];
  const rows = measures.map(({ id, label, unit, formula, missing, option }) => {
    const values = Object.keys(option?.formulas ?? {}).map((value) => `\`${value}\``);
    const choice = option === undefined ? '' : `\`${option.name}\`: ${values.join(' ')}`;
    return `| \`${id}\` | ${label.en} | ${unit.en} | \`${formula}\` | ${missing} | ${choice} |`;
  });
  const head = [
    '',
    `## Measures of the pack ${pack}`,
    '',
    `${title.en}. The first value of an option is its default.`,
    '',
  ];
  return [...head, '| id | name | unit | formula | missing | option |', '|---|---|---|---|---|---|', ...rows];
}

function sections(title: string, schema: Schema): string[] {
  const properties = schema.properties;
  if (properties === undefined)
    return below(schema)
      .filter((inner) => !isText(inner))
      .flatMap((inner) => sections(title, inner));
  const rows = Object.entries(properties).map(([key, value]) => {
    const need = schema.required?.includes(key) === true ? 'yes' : (value.needed ?? 'no');
    return `| \`${key}\` | ${typeText(value)} | ${need} | ${defaultText(value)} | ${descriptionOf(value)} |`;
  });
  const inner = Object.entries(properties).flatMap(([key, value]) => {
    if (isText(value)) return [];
    return sections(title === 'study.yaml' ? key : `${title}.${key}`, value);
  });
  const kind = properties.kind?.const;
  const heading = kind === undefined ? title : `${title}, kind: ${String(kind)}`;
  const about = schema.description === undefined ? [] : ['', schema.description];
  return [
    '',
    `## ${heading}`,
    ...about,
    '',
    '| key | value | required | default | what it says |',
    '|---|---|---|---|---|',
    ...rows,
    ...inner,
  ];
}

/** Schemas inside a list, a record or a choice. */
function below(schema: Schema): readonly Schema[] {
  if (isText(schema)) return [];
  const values = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  return [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...values,
  ];
}

/** One text, or { en, zh }. */
function isText(schema: Schema): boolean {
  const inner = schema.anyOf?.find((one) => one.properties !== undefined)?.properties;
  return inner !== undefined && Object.keys(inner).join() === 'en,zh';
}

function typeText(schema: Schema): string {
  if (isText(schema)) return 'text or { en, zh }';
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(' ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeText))].join(' or ');
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeText).join(', ')}]`;
  if (schema.items !== undefined) return `list of ${typeText(schema.items)}`;
  if (typeof schema.additionalProperties === 'object' && schema.properties === undefined) {
    return `mapping to ${typeText(schema.additionalProperties)}`;
  }
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    boolean: 'true or false',
    object: 'mapping',
  };
  return words[schema.type ?? ''] ?? schema.type ?? '';
}

function defaultText(schema: Schema): string {
  if (schema.default === undefined) return '';
  const text = JSON.stringify(schema.default);
  if (text === '{}') return schema.properties === undefined ? 'none' : 'those below';
  return text === '[]' ? 'none' : `\`${text.replaceAll('"', '')}\``;
}

/** Said by the type of the key already. */
const bothLanguages = / One text for both languages, or \{ en, zh \}\.$/;

function descriptionOf(schema: Schema): string {
  return (schema.description ?? '').replace(bothLanguages, '').replaceAll('|', '\\|');
}

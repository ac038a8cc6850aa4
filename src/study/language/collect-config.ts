import { z } from 'zod';
import type { Collection, FieldSource, RegistryField } from '../../domain/china/registry/collect/contract.ts';
import { parseTemplate, type Template, templateValues } from '../../domain/china/registry/collect/template.ts';
import { registryHeaders } from '../../domain/china/source/tables.ts';
import { keysOf, withKeys } from '../../error/known-keys.ts';
import { anyOf, type Expected, type Said, said } from '../../error/said.ts';
import { faultAt, type KeyPath, type PlacelessFault } from './faults.ts';
import { readYaml } from './read-yaml.ts';

// The config of `kaya registry collect`. Strict everywhere, as the study file is.

const text = z.string().min(1);
const template = text.describe('Text with placeholders.');
const templates = z.record(z.string(), template).default({});
/** Codes as an API writes them: 200 and '200' are the same. */
const codes = z
  .array(z.union([text, z.int()]))
  .default([])
  .transform((values) => values.map(String));
const variable = text;
const path = z.string();

const api = z.strictObject({
  url: text,
  method: z.enum(['GET', 'POST']).default('GET'),
  key_env: variable.optional(),
  secret_env: variable.optional(),
  query: templates,
  headers: templates,
  body: z.record(z.string(), template).optional(),
  body_type: z.enum(['json', 'form']).default('json'),
  dates: z.enum(['yyyy-MM-dd', 'yyyyMMdd']).default('yyyy-MM-dd'),
});

const response = z.strictObject({
  rows: path,
  total: text.optional(),
  code: text.optional(),
  message: text.optional(),
  ok: codes,
  empty: codes,
  too_many: codes,
  retry: codes,
  quota: codes,
});

const city = z.union([
  text,
  z.strictObject({
    name: text,
    province: text.optional(),
    code: z.union([text, z.int()]).optional(),
    districts: z.array(text).default([]),
  }),
]);

const windows = z.strictObject({
  keywords: z.array(text).min(1),
  cities: z.array(city).min(1).optional(),
  years: z.tuple([z.int().min(1000).max(9999), z.int().min(1000).max(9999)]),
  limit: z.int().min(1),
  statuses: z.array(text).default([]),
  split: z.array(z.enum(['district', 'status'])).default(['district', 'status']),
});

const page = z.strictObject({
  size: z.int().min(1).max(10_000),
  first: z.int().min(0).max(1).default(1),
  passes: z.int().min(1).max(20).default(3),
});

const source = z.union([text, z.strictObject({ window: z.enum(['keyword', 'city', 'province']) })]);
const required: readonly string[] = ['name', 'uscc', 'founded'];
const fieldShape = withKeys(keysOf(registryHeaders), (name) => (required.includes(name) ? source : source.optional()));
const fields = z.strictObject({ ...fieldShape, extra: z.record(text, source).default({}) });

const pace = z.strictObject({
  per_second: z.number().positive().max(100).default(1),
  per_day: z.int().min(1).optional(),
  utc_offset_hours: z.number().min(-12).max(14).default(8),
  timeout_seconds: z.number().positive().max(600).default(30),
  attempts: z.int().min(1).max(50).default(6),
  backoff_seconds: z.tuple([z.number().positive(), z.number().positive()]).default([2, 120]),
  longest_wait_seconds: z.number().positive().default(900),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
});

export const collectSchema = z.strictObject({
  api,
  response,
  windows,
  page,
  fields,
  pace: pace.prefault({}),
});

type CollectSpec = z.output<typeof collectSchema>;

/**
 * Reads the config of a collection.
 * @param text content of the file
 * @param file its name, for messages
 * @throws study-invalid with every fault, each with line and column
 */
export function parseCollectConfig(text: string, file: string): Collection {
  return collectionOf(readYaml(text, file, collectSchema, configFaults));
}

function configFaults(spec: CollectSpec): PlacelessFault[] {
  const { api, windows, response, pace, fields } = spec;
  const faults = [...urlFaults(api.url), ...variableFaults(api), ...templateFaults(spec)];
  if (api.body !== undefined && api.method === 'GET')
    faults.push(faultAt(['api', 'body'], said('collect_fault.get_body')));
  if (windows.years[0] > windows.years[1]) {
    const [first, last] = [String(windows.years[0]), String(windows.years[1])];
    faults.push(faultAt(['windows', 'years'], said('fault.years_order', { first, last })));
  }
  if (spec.page.size > windows.limit) {
    const sizes = { size: spec.page.size, limit: windows.limit };
    faults.push(faultAt(['page', 'size'], said('collect_fault.page_size', sizes)));
  }
  if (response.code !== undefined && response.ok.length === 0) {
    faults.push(faultAt(['response', 'code'], said('collect_fault.ok_codes')));
  }
  if (pace.backoff_seconds[0] > pace.backoff_seconds[1]) {
    faults.push(faultAt(['pace', 'backoff_seconds'], said('collect_fault.backoff')));
  }
  faults.push(...repeated(windows.keywords, ['windows', 'keywords'], said('noun.keyword')));
  faults.push(...repeated(windows.statuses, ['windows', 'statuses'], said('noun.status')));
  faults.push(
    ...repeated(
      citiesOf(spec).map((one) => JSON.stringify(one)),
      ['windows', 'cities'],
      said('noun.city'),
    ),
  );
  for (const [i, one] of citiesOf(spec).entries()) {
    faults.push(...repeated(one?.districts ?? [], ['windows', 'cities', i, 'districts'], said('noun.district')));
  }
  for (const header of Object.keys(fields.extra)) {
    const taken = Object.values(registryHeaders).some(([usual]) => usual === header);
    if (taken)
      faults.push({
        ...faultAt(['fields', 'extra', header], said('collect_fault.column_taken', { header })),
        at: 'key',
      });
  }
  return faults;
}

function repeated(values: readonly string[], path: KeyPath, what: Expected): PlacelessFault[] {
  return values.flatMap((value, i) =>
    values.indexOf(value) < i ? [faultAt([...path, i], said('collect_fault.twice', { what, name: value }))] : [],
  );
}

/** A key or a token must not cross the network in the open; to this very machine it may. */
function urlFaults(url: string): PlacelessFault[] {
  const path = ['api', 'url'];
  if (!URL.canParse(url)) return [faultAt(path, said('collect_fault.no_url'))];
  const { protocol, hostname, username, password, search } = new URL(url);
  if (username !== '' || password !== '') return [faultAt(path, said('collect_fault.url_user'))];
  if (search !== '') return [faultAt(path, said('collect_fault.url_search'))];
  if (protocol === 'https:') return [];
  if (protocol !== 'http:')
    return [faultAt(path, said('collect_fault.url_protocol', { protocol: protocol.slice(0, -1) }))];
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return [];
  return [faultAt(path, said('collect_fault.url_open'))];
}

/** What stands there may be the key itself, put in the wrong place: it is not repeated. */
function variableFaults(api: CollectSpec['api']): PlacelessFault[] {
  return (['key_env', 'secret_env'] as const)
    .filter((name) => api[name] !== undefined && !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(api[name]))
    .map((name) => faultAt(['api', name], said('collect_fault.variable')));
}

interface PlacedTemplate {
  readonly path: KeyPath;
  readonly written: string;
}

function templatesOf({ api }: CollectSpec): PlacedTemplate[] {
  return (['query', 'headers', 'body'] as const).flatMap((part) =>
    Object.entries(api[part] ?? {}).map(([name, written]) => ({ path: ['api', part, name], written })),
  );
}

function templateFaults(spec: CollectSpec): PlacelessFault[] {
  const named = new Set<string>();
  const faults = templatesOf(spec).flatMap(({ path, written }) => {
    const read = parseTemplate(written);
    if ('fault' in read) {
      const { offset, problem, nearest } = read.fault;
      return [{ ...faultAt(path, problem, nearest), offset }];
    }
    const values = templateValues(read.template);
    for (const value of values) named.add(value);
    return values.flatMap((value) => lackingValue(value, spec)).map((problem) => faultAt(path, problem));
  });
  if (faults.length > 0) return faults;
  const needed: [name: string, isNeeded: boolean][] = [
    ['keyword', true],
    ['page', true],
    [
      'district',
      spec.windows.split.includes('district') && citiesOf(spec).some((one) => one !== null && one.districts.length > 0),
    ],
    ['status', spec.windows.split.includes('status') && spec.windows.statuses.length > 0],
  ];
  const dates = named.has('from') && (named.has('to') || named.has('after'));
  const missing = needed.filter(([name, isNeeded]) => isNeeded && !named.has(name)).map(([name]) => `{${name}}`);
  const isPlaceless = !named.has('city') && !named.has('city_code') && spec.windows.cities !== undefined;
  const lacks = [
    ...missing,
    ...(isPlaceless ? [anyOf(['{city}', '{city_code}'])] : []),
    ...(dates ? [] : [said('collect_fault.and', { left: '{from}', right: '{to}' })]),
  ];
  // A window that the request does not name would be asked for again and again under other names.
  return lacks.map((one) => ({
    ...faultAt(['api'], said('collect_fault.no_parameter', { lacks: one })),
    at: 'key' as const,
  }));
}

function lackingValue(value: string, spec: CollectSpec): Said[] {
  if (value === 'key' && spec.api.key_env === undefined) return [needsKey('{key}', 'api.key_env')];
  if (value === 'secret' && spec.api.secret_env === undefined) return [needsKey('{secret}', 'api.secret_env')];
  if (value === 'city' || value === 'city_code' || value === 'province') {
    const place = { city: 'name', city_code: 'code', province: 'province' } as const;
    const lacking = citiesOf(spec).find((one) => one === null || one[place[value]] === null);
    if (lacking === null) return [needsKey(`{${value}}`, 'windows.cities')];
    if (lacking !== undefined) {
      const values = { value: `{${value}}`, key: place[value], city: lacking.name };
      return [said('collect_fault.needs_of_city', values)];
    }
  }
  return [];
}

function needsKey(value: string, key: string): Said {
  return said('collect_fault.needs_key', { value, key });
}

function citiesOf({ windows }: CollectSpec): Collection['windows']['cities'] {
  return (windows.cities ?? [null]).map((one) => {
    if (one === null) return null;
    if (typeof one === 'string') return { name: one, province: null, code: null, districts: [] };
    const { name, province, code, districts } = one;
    return { name, province: province ?? null, code: code === undefined ? null : String(code), districts };
  });
}

function collectionOf(spec: CollectSpec): Collection {
  const { api, response, windows, page, pace } = spec;
  const { extra, ...fields } = spec.fields;
  const given: Partial<Record<RegistryField, FieldSource>> = {};
  for (const name of keysOf(fields)) if (fields[name] !== undefined) given[name] = sourceOf(fields[name]);
  return {
    request: {
      url: api.url,
      method: api.method,
      query: readTemplates(api.query),
      headers: readTemplates(api.headers),
      body: api.body === undefined ? null : readTemplates(api.body),
      bodyType: api.body_type,
      dates: api.dates,
    },
    keyVariable: api.key_env ?? null,
    secretVariable: api.secret_env ?? null,
    answer: {
      rows: response.rows,
      total: response.total ?? null,
      code: response.code ?? null,
      message: response.message ?? null,
      ok: response.ok,
      empty: response.empty,
      tooMany: response.too_many,
      retry: response.retry,
      quota: response.quota,
    },
    windows: {
      keywords: windows.keywords,
      cities: citiesOf(spec),
      years: windows.years,
      limit: windows.limit,
      statuses: windows.statuses,
      order: windows.split,
    },
    page,
    map: {
      fields: given,
      extra: Object.fromEntries(Object.entries(extra).map(([header, one]) => [header, sourceOf(one)])),
    },
    pace: {
      perSecond: pace.per_second,
      perDay: pace.per_day ?? null,
      utcOffsetHours: pace.utc_offset_hours,
      timeoutSeconds: pace.timeout_seconds,
      attempts: pace.attempts,
      backoffSeconds: pace.backoff_seconds,
      longestWaitSeconds: pace.longest_wait_seconds,
      seed: pace.seed,
    },
  };
}

function sourceOf(given: z.output<typeof source>): FieldSource {
  return typeof given === 'string' ? { kind: 'path', path: given } : { kind: 'window', name: given.window };
}

/** The texts were read once when they were checked: every one is a template. */
function readTemplates(texts: Readonly<Record<string, string>>): Readonly<Record<string, Template>> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, written]) => {
      const read = parseTemplate(written);
      return 'template' in read ? [[name, read.template]] : [];
    }),
  );
}

import type { registryHeaders } from '../../source/tables.ts';
import type { Template } from './template.ts';

/** A city as the windows name it. */
export interface CollectCity {
  readonly name: string;
  readonly province: string | null;
  /** Whatever the API calls the city by. */
  readonly code: string | null;
  /** Values that split a day of this city further; empty when there are none. */
  readonly districts: readonly string[];
}

/** A dimension that splits a day that is still over the limit. */
export type FinalSplit = 'district' | 'status';

/** What is to be collected: keyword x city x year, and how a window that is too large falls apart. */
export interface WindowRules {
  readonly keywords: readonly string[];
  /** Null: one window for the whole country. */
  readonly cities: readonly (CollectCity | null)[];
  /** First and last year, both included. */
  readonly years: readonly [number, number];
  /** The most results that the API gives for one query. */
  readonly limit: number;
  readonly statuses: readonly string[];
  /** In which order a day is split further. */
  readonly order: readonly FinalSplit[];
}

/** How the pages of one window are read. */
export interface PageRules {
  /** Rows a page. */
  readonly size: number;
  /** Number of the first page in the API's own count. */
  readonly first: number;
  /** How often a window is read at most until its pages agree. */
  readonly passes: number;
}

/** The request, with its placeholders. */
export interface RequestTemplate {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, Template>>;
  readonly headers: Readonly<Record<string, Template>>;
  readonly body: Readonly<Record<string, Template>> | null;
  readonly bodyType: 'json' | 'form';
  /** How the days of a window are written. */
  readonly dates: 'yyyy-MM-dd' | 'yyyyMMdd';
}

/** What an answer says and where: paths are keys joined with dots. */
export interface AnswerRules {
  readonly rows: string;
  readonly total: string | null;
  /** Where the API's own status stands; null: the status of HTTP is all there is. */
  readonly code: string | null;
  readonly message: string | null;
  readonly ok: readonly string[];
  readonly empty: readonly string[];
  readonly tooMany: readonly string[];
  readonly retry: readonly string[];
  readonly quota: readonly string[];
}

/** Where a column of the table comes from: a path in the row, or the window that the row was found in. */
export type FieldSource =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'window'; readonly name: 'keyword' | 'city' | 'province' };

export type RegistryField = keyof typeof registryHeaders;

export interface FieldMap {
  readonly fields: Readonly<Partial<Record<RegistryField, FieldSource>>>;
  /** Further columns: header -> source. */
  readonly extra: Readonly<Record<string, FieldSource>>;
}

/** Requests a second and a day, waiting and giving up. */
export interface PaceRules {
  readonly perSecond: number;
  readonly perDay: number | null;
  /** Where the API's day begins: hours east of Greenwich. */
  readonly utcOffsetHours: number;
  readonly timeoutSeconds: number;
  readonly attempts: number;
  /** Wait after the first failure, and the longest one, in seconds. */
  readonly backoffSeconds: readonly [number, number];
  /** The longest wait that a server may ask for, in seconds. */
  readonly longestWaitSeconds: number;
  readonly seed: number;
}

/** A collection as its config file says it. */
export interface Collection {
  readonly request: RequestTemplate;
  /** Names of environment variables. */
  readonly keyVariable: string | null;
  readonly secretVariable: string | null;
  readonly answer: AnswerRules;
  readonly windows: WindowRules;
  readonly page: PageRules;
  readonly map: FieldMap;
  readonly pace: PaceRules;
}

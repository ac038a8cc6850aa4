import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomStream } from '../../../math/random/philox.ts';

// An enterprise-registry API of our own on loopback, of the Qichacha kind, that misbehaves as it is told.

export const serverKey = 'k3y-0f-the-loopback-server';
export const serverSecret = 's3cret+/of the=loopback';

export interface ServedFirm {
  readonly Name: string;
  readonly CreditCode: string;
  readonly StartDate: string;
  readonly Province: string;
  readonly City: string;
  readonly District: string;
  readonly Status: string;
  readonly Scope: string;
}

export type ServerFault =
  | '429'
  | '429-retry-after'
  | '500'
  | 'cut-body'
  | 'not-json'
  | 'no-list'
  | 'slow'
  | 'hang'
  | 'reset'
  | 'other-page'
  | 'other-total'
  | 'echo-key';

export interface ServerOptions {
  firms: ServedFirm[];
  /** The most rows of one query. */
  limit: number;
  /** Whether a total above the limit is told as the limit. */
  isCapped?: boolean;
  /** What goes wrong with the request numbered `n`, from 0. */
  fault?: (n: number) => ServerFault | null;
  /** Instead of an answer. */
  refuse?: (n: number) => { status: number; headers?: Record<string, string>; body: string | Uint8Array } | null;
  onRequest?: (n: number) => void;
}

/** A request as it came in. */
export interface Served {
  readonly query: Readonly<Record<string, string>>;
  readonly agent: string;
  readonly at: number;
  /** The page was sent as it is. */
  isWhole: boolean;
}

export interface RegistryServer {
  readonly url: string;
  readonly served: Served[];
  close(): Promise<void>;
}

export async function startRegistryServer(options: ServerOptions): Promise<RegistryServer> {
  const served: Served[] = [];
  const server = createServer((request, response) => answer(request, response, options, served));
  server.keepAliveTimeout = 1000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/search`,
    served,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, options: ServerOptions, served: Served[]): void {
  const n = served.length;
  const query = Object.fromEntries(new URL(request.url ?? '', 'http://127.0.0.1').searchParams);
  const entry: Served = { query, agent: String(request.headers['user-agent']), at: Date.now(), isWhole: false };
  served.push(entry);
  options.onRequest?.(n);
  const refusal = options.refuse?.(n) ?? (isSigned(request) ? null : { status: 401, body: '{"Message":"bad token"}' });
  if (refusal !== null) {
    response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    return;
  }
  const page = pageOf(query, options);
  const send = (body: object): void => {
    entry.isWhole = true;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  switch (options.fault?.(n) ?? null) {
    case null:
      send(page.body(page.number, 0));
      return;
    case '429':
      response.writeHead(429).end('slow down');
      return;
    case '429-retry-after':
      response.writeHead(429, { 'retry-after': '1' }).end('slow down');
      return;
    case '500':
      response.writeHead(500).end('<html>');
      return;
    case 'cut-body': {
      const body = Buffer.from(JSON.stringify(page.body(page.number, 0)));
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
      return;
    }
    case 'not-json':
      response.writeHead(200).end(JSON.stringify(page.body(page.number, 0)).slice(0, -5));
      return;
    case 'no-list':
      send({ Status: '200', Paging: { TotalRecords: 5 }, Result: 'later' });
      return;
    case 'slow':
      setTimeout(() => send(page.body(page.number, 0)), 50);
      return;
    case 'hang':
      return;
    case 'reset':
      request.socket.destroy();
      return;
    case 'other-page':
      send(page.body(page.number > 1 ? page.number - 1 : page.number + 1, 0));
      return;
    case 'other-total':
      send(page.body(page.number, 1));
      return;
    case 'echo-key':
      send({ ...page.body(page.number, 0), Echo: { ...request.headers, key: serverKey, secret: serverSecret, query } });
  }
}

function isSigned({ headers, url }: IncomingMessage): boolean {
  const text = `${serverKey}${headers.timespan}${serverSecret}`;
  const token = createHash('md5').update(text).digest('hex').toUpperCase();
  const isKeyed = new URL(url ?? '', 'http://127.0.0.1').searchParams.get('key') === serverKey;
  return headers.token === token && isKeyed;
}

function pageOf(query: Readonly<Record<string, string>>, { firms, limit, isCapped = true }: ServerOptions) {
  const found = matching(firms, query);
  const total = isCapped ? Math.min(limit, found.length) : found.length;
  const size = Number(query.pageSize);
  const body = (number: number, extra: number): object =>
    total === 0
      ? { Status: '201', Message: '查询无结果' }
      : {
          Status: '200',
          Paging: { TotalRecords: total + extra },
          Result: found.slice(0, limit).slice((number - 1) * size, number * size),
        };
  return { number: Number(query.pageIndex), body };
}

/** The firms that a query means. */
export function matching(firms: readonly ServedFirm[], query: Readonly<Record<string, string>>): ServedFirm[] {
  return firms.filter(
    (firm) =>
      (firm.Name.includes(query.keyword) || firm.Scope.includes(query.keyword)) &&
      (query.city === undefined || firm.City === query.city) &&
      firm.StartDate >= query.startDate &&
      firm.StartDate <= query.endDate &&
      (query.district === undefined || firm.District === query.district) &&
      (query.status === undefined || firm.Status === query.status),
  );
}

export const servedKeywords = ['人工智能', '物联网'];
export const servedCities = ['杭州市', '宁波市'];
export const servedDistricts: Readonly<Record<string, readonly string[]>> = {
  杭州市: ['上城区', '西湖区'],
  宁波市: ['海曙区', '鄞州区'],
};
export const servedStatuses = ['存续', '注销'];

/** Firms of two cities, some with both keywords, many founded on one day, drawn from a seed. */
export function drawFirms(count: number, seed: number, years: readonly [number, number]): ServedFirm[] {
  const draw = randomStream(seed, 77);
  const pick = <T>(list: readonly T[]): T => list[draw.integer(list.length)];
  const two = (value: number): string => String(value).padStart(2, '0');
  return Array.from({ length: count }, (_, i) => {
    const City = pick(servedCities);
    const year = years[0] + draw.integer(years[1] - years[0] + 1);
    const isBusyDay = draw.uniform() < 0.25;
    const month = isBusyDay ? 3 : 1 + draw.integer(12);
    const words = draw.uniform() < 0.3 ? servedKeywords : [pick(servedKeywords)];
    return {
      Name: `${City.slice(0, 2)}第${i}“智造”,有限公司`,
      CreditCode: `91330${String(i).padStart(13, '0')}`,
      StartDate: `${year}-${two(month)}-${two(isBusyDay ? 15 : 1 + draw.integer(28))}`,
      Province: '浙江省',
      City,
      District: pick(servedDistricts[City]),
      Status: pick(servedStatuses),
      Scope: `${words.join('；')}技术研发；\n"软件"销售`,
    };
  });
}

/** A config for the server. @param pace lines below `pace:` */
export function serverConfig(
  url: string,
  options: { limit: number; size: number; pace: string; years: string },
): string {
  const cities = servedCities.map(
    (city) => `    - { name: ${city}, districts: [${servedDistricts[city].join(', ')}] }`,
  );
  return `api:
  url: ${url}
  key_env: LOOPBACK_KEY
  secret_env: LOOPBACK_SECRET
  query: { key: '{key}', keyword: '{keyword}', city: '{city}', startDate: '{from}', endDate: '{to}', district: '{district}', status: '{status}', pageIndex: '{page}', pageSize: '{page_size}' }
  headers: { Token: '{md5upper:{key}{timespan}{secret}}', Timespan: '{timespan}' }
response: { rows: Result, total: Paging.TotalRecords, code: Status, message: Message, ok: [200], empty: [201], quota: [112] }
windows:
  keywords: [${servedKeywords.join(', ')}]
  cities:
${cities.join('\n')}
  years: ${options.years}
  limit: ${options.limit}
  statuses: [${servedStatuses.join(', ')}]
page: { size: ${options.size} }
fields: { name: Name, uscc: CreditCode, founded: StartDate, province: Province, city: City, scope: Scope, status: Status }
pace: { ${options.pace} }
`;
}

export const serverEnvironment = { LOOPBACK_KEY: serverKey, LOOPBACK_SECRET: serverSecret };

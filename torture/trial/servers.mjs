import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { faultOf } from '../contract.mjs';
import { encodings, formsOf, kinds, send } from '../hostile-answers.mjs';

const KEYWORDS = ['robot', 'sensor', 'cloud', 'chip'];

/** A secret as providers give them: letters, digits, and signs that every encoding writes otherwise. */
function drawSecret(whole) {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const signs = '-_/+=. &<>"\'%é';
  const length = 12 + whole(30);
  const text = Array.from({ length }, () =>
    whole(6) === 0 ? signs[whole(signs.length)] : letters[whole(letters.length)],
  );
  return `q${text.join('')}z`;
}

const firm = (keyword) => ({ Name: `${keyword} works`, Code: `91-${keyword}`, Day: '2020-05-05', Scope: keyword });

/** A kind of the list, or an echo through one to three encodings, in one place or another. */
function drawKind({ whole, pick, index }) {
  if (index < kinds.length) return kinds[index];
  if (whole(3) === 0) return pick(kinds);
  const names = Object.keys(encodings).filter((name) => !['nul', 'zero-width', 'upper', 'lower'].includes(name));
  const layers = Array.from({ length: 1 + whole(2) }, () => pick(names));
  const write = (text) => layers.reduce((inner, name) => encodings[name](inner), text);
  const place = whole(3);
  return {
    name: `echo ${layers.join(' in ')}`,
    ends: 'either',
    makes: ({ good, secret }) => {
      const text = write(secret);
      const [row] = good.Result;
      const body = [
        { ...good, Echo: text },
        { ...good, [text]: [text] },
        { ...good, Result: [{ ...row, Scope: text }] },
      ][place];
      return { body: JSON.stringify(body) };
    },
  };
}

function everything(folder) {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    })
    .join('\n');
}

export const trial = {
  name: 'servers',
  promise:
    'a hostile registry gets no secret onto the disk or a screen, and one bad answer keeps no other out of the table',
  unit: 'servers',
  goal: 200,
  async attempt({ random, whole, pick, folder, kaya, index }) {
    const [key, secret] = [drawSecret(whole), drawSecret(whole)];
    const kind = drawKind({ whole, pick, index });
    const bad = pick(KEYWORDS);
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url, 'http://127.0.0.1');
      const keyword = searchParams.get('keyword');
      const good = { Status: '200', Paging: { TotalRecords: 1 }, Result: [firm(keyword)] };
      if (keyword !== bad) send(response, { body: JSON.stringify(good) });
      else send(response, kind.makes({ secret, key, token: String(request.headers.token), good, random }));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const config = join(folder, 'collect.yaml');
      writeFileSync(
        config,
        `api:
  url: http://127.0.0.1:${server.address().port}/search
  key_env: TRIAL_KEY
  secret_env: TRIAL_SECRET
  query: { key: '{key}', keyword: '{keyword}', from: '{from}', to: '{to}', page: '{page}' }
  headers: { Token: '{sha256:{key}{timespan}{secret}}' }
response: { rows: Result, total: Paging.TotalRecords, code: Status, message: Message, ok: [200] }
windows: { keywords: [${KEYWORDS.join(', ')}], years: [2020, 2020], limit: 100 }
page: { size: 20 }
fields: { name: Name, uscc: Code, founded: Day, scope: Scope }
pace: { per_second: 100, attempts: 2, backoff_seconds: [0.01, 0.02], timeout_seconds: 60 }
`,
      );
      const out = join(folder, 'out');
      const run = await kaya(['registry', 'collect', '--config', config, '--out', out], {
        env: { TRIAL_KEY: key, TRIAL_SECRET: secret, KAYA_DEBUG: '1' },
      });
      const fault = faultOf(run);
      if (fault !== undefined) return `${kind.name}: ${fault}`;
      const said = `${everything(out)}\n${run.stdout}\n${run.stderr}`.toLowerCase();
      for (const one of [key, secret]) {
        const form = formsOf(one).find((text) => said.includes(text.toLowerCase()));
        if (form !== undefined) return `${kind.name}: a secret came out as ${JSON.stringify(form)}`;
      }
      if (kind.ends === 'stop') return run.code === 1 ? undefined : `${kind.name}: exit ${run.code} where it must stop`;
      if (run.code !== 0) return `${kind.name}: exit ${run.code}: ${run.stderr.slice(-300)}`;
      const table = readFileSync(join(out, 'registry', 'collected.csv'), 'utf8');
      const lost = KEYWORDS.find((keyword) => keyword !== bad && !table.includes(`${keyword} works`));
      if (lost !== undefined) return `${kind.name}: the firm of ${lost} is not in the table`;
      const summary = JSON.parse(readFileSync(join(out, 'collect', 'summary.json'), 'utf8'));
      const isTold = table.includes(`${bad} works`) !== (summary.aside.length === 1 && summary.aside[0].reason !== '');
      return isTold ? undefined : `${kind.name}: neither in the table nor told: ${JSON.stringify(summary.aside)}`;
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};

import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTable } from '../../src/platform/store/write-table.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { repository } from '../architecture/planted.ts';
import { exampleOf, npxLines } from './readme-examples.ts';

// The package as a user gets it: packed, installed elsewhere, and all that README says done there, with nothing of the clone at hand.

const home = mkdtempSync(join(tmpdir(), 'kaya-consumer-'));
afterAll(() => rmSync(home, { recursive: true, force: true }), 120_000);

/** Where it is installed: the name has a space and Chinese characters. */
const folder = join(home, '我的 研究 folder');
const own = join(folder, 'node_modules', 'kaya-panel');

function npm(cwd: string, ...options: string[]): SpawnSyncReturns<string> {
  const shell = process.platform === 'win32';
  const env = { ...process.env, npm_config_loglevel: 'error' };
  return spawnSync('npm', options, { cwd, encoding: 'utf8', shell, env });
}

const run = (...argv: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [join(own, 'dist', 'program', 'main.js'), ...argv], {
    ...{ cwd: folder, encoding: 'utf8', input: '' },
    env: { ...process.env, LC_ALL: 'C.UTF-8', KAYA_DEBUG: '' },
  });

const done = (...argv: readonly string[]): string => {
  const { status, stdout, stderr } = run(...argv);
  expect(status, `kaya ${argv.join(' ')}\n${stderr}`).toBe(0);
  return stdout;
};

/** Why nothing can be tried here; null where the package is installed. */
let obstacle: string | null = null;

beforeAll(async () => {
  const packed = npm(repository, 'pack', '--pack-destination', home);
  expect(packed.status, packed.stderr).toBe(0);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const options = ['install', join(home, tarball), '--no-audit', '--no-fund', '--omit=dev'];
  // What `npm ci` has fetched is in npm's cache: no network is needed.
  const faults: string[] = [];
  for (const from of ['--offline', '--prefer-offline']) {
    const { status, stderr } = npm(folder, ...options, from);
    if (status === 0) return;
    faults.push(stderr);
  }
  obstacle = `npm can install neither from its cache nor from a registry: ${faults[0] ?? ''}`;
  // Where everything is tried, nothing is left out.
  if (process.env.CI !== undefined) throw new Error(obstacle);
}, 600_000);

/** A test of the installed package, skipped with the reason where npm could not install it. */
const installedTest = (name: string, action: () => Promise<void> | void): void =>
  test(name, async (context) => (obstacle === null ? action() : context.skip(obstacle)));

/** A panel of firms with the columns that README's lines name. */
async function writePanel(): Promise<void> {
  const rows = Array.from({ length: 240 }, (_, i) => ({ firm: Math.floor(i / 8), year: 2001 + (i % 8), i }));
  const noise = (i: number, by: number): number => ((i * by) % 17) / 17;
  const table = columnTable({
    firm: textColumn(rows.map(({ firm }) => `f${firm}`)),
    year: numberColumn(rows.map(({ year }) => year)),
    x1: numberColumn(rows.map(({ i }) => noise(i, 7))),
    x2: numberColumn(rows.map(({ i }) => noise(i, 5) + noise(i, 11))),
    y: numberColumn(rows.map(({ i, firm, year }) => firm + 0.1 * year + 2 * noise(i, 7) + noise(i, 13))),
  });
  await writeTable(table, join(folder, 'panel.dta'));
}

installedTest('the command is there, and its engine', () => {
  const doctor = npm(folder, 'exec', '--offline', '--', 'kaya', 'doctor', '--json');
  expect(doctor.status, doctor.stderr).toBe(0);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ engineProblem: null });
});

installedTest('every line that README types runs: a study of a file, a study of a template, a regression', async () => {
  await writePanel();
  const lines = npxLines();
  expect(lines.map(([command, word]) => `${command} ${word}`)).toEqual(
    expect.arrayContaining(['study init', 'study run', 'reg panel.dta']),
  );
  for (const line of lines) done(...line);
  expect(readFileSync(join(folder, 'out', 'my-study', 'report.html'), 'utf8')).toContain('</html>');
  expect(done('study', 'verify', join('out', 'my-study'))).toContain('as its manifest says');
  const schema = /\$schema=(.*)/.exec(readFileSync(join(folder, 'my-cities', 'study.yaml'), 'utf8'))?.[1] ?? '';
  expect(existsSync(join(folder, 'my-cities', schema))).toBe(true);
});

installedTest('the study of the template runs, and its registry is scanned', () => {
  if (!existsSync(join(folder, 'my-cities'))) done('study', 'init', 'my-cities');
  expect(done('study', 'run', 'my-cities')).toContain('synthetic');
  const manifest = JSON.parse(readFileSync(join(folder, 'out', 'my-cities', 'manifest.json'), 'utf8')) as {
    inputs: Record<string, object>;
  };
  expect(Object.keys(manifest.inputs)).toContain('kaya:packs/china-cities/pack.yaml');
  expect(JSON.stringify(manifest)).not.toContain(home);
  done('study', 'verify', join('out', 'my-cities'));
  expect(done('registry', 'scan', '--study', 'my-cities', '--by', 'year')).toMatch(/2019/);
});

installedTest('a template in data of its own, and a threshold', () => {
  done('study', 'init', 'income', '--template', 'income-and-life-expectancy');
  done('study', 'check', 'income');
  const boot = ['--boot', '0', '--regime', 'x1', '--by', 'x2', '--trim', '0.2', '--panel', 'firm,year'];
  expect(done('threshold', 'panel.dta', 'y ~ 1 | firm', ...boot)).toMatch(/[Tt]hreshold/);
});

installedTest('the lines of the library run as README shows them', () => {
  const shipped = 'studies/income-and-life-expectancy';
  cpSync(join(own, shipped), join(folder, shipped), { recursive: true });
  writeFileSync(join(folder, 'library.mjs'), exampleOf('js'));
  const library = spawnSync(process.execPath, ['library.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(library.stderr).toBe('');
  expect(library.stdout).toMatch(/x +-?\d/);
  expect(library.stdout).toContain(`6 tables in ${join('out', 'income-and-life-expectancy')}`);
  expect(existsSync(join(folder, 'out', 'income-and-life-expectancy', 'report.html'))).toBe(true);

  const script =
    "for (const name of ['', '/model', '/output']) console.log(name, Object.keys(await import('kaya-panel' + name)).length > 0);";
  writeFileSync(join(folder, 'entries.js'), script);
  const imported = spawnSync(process.execPath, ['entries.js'], { cwd: folder, encoding: 'utf8' });
  expect(imported.stderr).toBe('');
  expect(imported.stdout).toBe(' true\n/model true\n/output true\n');
});

installedTest('an old workbook is read, by the process apart', () => {
  cpSync(join(repository, 'test', 'golden', 'xls', 'book.xls'), join(folder, 'book.xls'));
  expect(done('describe', 'book.xls', '--json')).toContain('地区生产总值(万元)');
});

installedTest('the server of tools answers', async () => {
  const server = spawn(process.execPath, [join(own, 'dist', 'program', 'main.js'), 'mcp', folder], {
    ...{ cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] },
  });
  const ask = (id: number, method: string, params: object): void => {
    server.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  };
  let said = '';
  const answered = new Promise<void>((resolve) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('"id":2')) resolve();
    });
    server.once('close', () => resolve());
  });
  const client = { name: 'test', version: '1' };
  ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: client });
  server.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  ask(2, 'tools/list', {});
  await answered;
  server.stdin?.end();
  server.kill();
  expect(said).toContain('"study_verify"');
});

installedTest('the papers are in the package', () => {
  const papers = ['SECURITY.md', 'LICENSE', 'CHANGELOG.md', 'dist/sbom.cdx.json', 'dist/THIRD-PARTY-LICENSES.txt'];
  for (const name of papers) expect(existsSync(join(own, name)), name).toBe(true);
  const bill = JSON.parse(readFileSync(join(own, 'dist', 'sbom.cdx.json'), 'utf8')) as {
    components: { name: string }[];
  };
  const listed = new Set(bill.components.map(({ name }) => name));
  const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { name?: string }>;
  };
  // What npm has installed here is what the bill says.
  const installed = Object.entries(packages).map(([place, { name }]) => name ?? place.replace(/^.*node_modules\//, ''));
  expect(installed.filter((name) => name !== 'kaya-panel' && !listed.has(name))).toEqual([]);
});

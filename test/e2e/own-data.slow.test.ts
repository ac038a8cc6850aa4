import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { repository } from '../architecture/planted.ts';
import { cityStudy } from '../china-pack.ts';
import { mainFile } from './kaya.ts';
import { writeYearbooks } from './own-yearbooks.ts';

/** The blocks of a page in a language, as they stand there. */
function blocksOf(page: string, kind: string): string[] {
  const text = readFileSync(join(repository, 'docs', page), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\\n\`\`\``, 'g'))].map(([, block = '']) => block);
}

interface Results {
  readonly tables: readonly { readonly id: string }[];
  readonly not_made: readonly { readonly kind: string; readonly id: string }[];
  readonly data: { readonly empty: readonly { readonly variable: string }[] };
}

test.skipIf(process.platform === 'win32').each([
  ['own-data.md', 'en'],
  ['own-data.zh.md', 'zh'],
])('the commands of docs/%s lead from yearbooks in an empty folder to a first table', (page, language) => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-own-data-'));
  try {
    const cells = writeYearbooks(folder);
    expect(cells).toBe(53 * 19);
    const bin = join(folder, '.bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'kaya'), `#!/bin/sh\nexec "${process.execPath}" "${mainFile}" --lang ${language} "$@"\n`, {
      mode: 0o755,
    });
    const blocks = blocksOf(page, 'sh');
    expect(blocks).toHaveLength(1);
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', blocks.join('\n')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const said = `${stdout}\n${stderr}`.replace(/\s+/g, ' ');
    for (const line of blocksOf(page, 'text').flatMap((block) => block.split('\n')))
      expect(said).toContain(line.replace(/\s+/g, ' ').trim());

    const out = join(folder, 'out', 'mine');
    expect(existsSync(join(out, 'tables', 'table2.docx'))).toBe(true);
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results; // written by the program
    expect(results.tables.map(({ id }) => id)).toContain('table2');
    expect(results.data.empty.map(({ variable }) => variable)).toEqual(['ai', 'envrpat']);
    // Every cell of each file is read, whatever it stood between.
    const [head = '', ...rows] = readFileSync(join(out, 'panel.csv'), 'utf8').trim().split('\n');
    const names = head.split(',');
    const filled = names.map((_, c) => rows.filter((row) => row.split(',')[c] !== '').length);
    for (const variable of ['cp', 'uis', 'er', 'ip', 'hc', 'fin', 'pop', 'ope', 'gov', 'fi', 'st'])
      expect(filled[names.indexOf(variable)], variable).toBe(cells);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('tables of one province: models of other regions are left out, told by the check and by the run, and all the rest is made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-one-province-'));
  const kaya = (...words: readonly string[]) =>
    spawnSync(process.execPath, [mainFile, ...words], { cwd: folder, encoding: 'utf8' });
  try {
    cpSync(fileURLToPath(cityStudy), join(folder, 'mine'), {
      recursive: true,
      filter: (path) => !path.endsWith('/raw'),
    });
    const file = join(folder, 'mine', 'study.yaml');
    const small = readFileSync(file, 'utf8').replace('scale: 1, faults: usual', 'scale: 0.01, faults: none');
    writeFileSync(file, small);
    expect(kaya('simulate', 'mine', '--out', 'layer').status).toBe(0);
    for (const kind of ['yearbook', 'energy', 'patents', 'registry']) {
      const own = join(folder, 'mine', 'raw', kind);
      cpSync(join(folder, 'layer', kind), own, { recursive: true });
      if (kind === 'registry') continue;
      for (const name of readdirSync(own)) {
        const [head = '', ...rows] = readFileSync(join(own, name), 'utf8').split('\n');
        writeFileSync(join(own, name), [head, ...rows.filter((row) => row.startsWith('32'))].join('\n'));
      }
    }
    const west = 'models.regions (West) is left out';
    const check = kaya('study', 'check', 'mine', '--json');
    expect(check.status, check.stderr).toBe(0);
    const { raw } = JSON.parse(check.stdout) as { raw: { without_rows: { what: string }[]; tables: string[] } }; // written by the program
    expect(raw.without_rows.map(({ what }) => what)).toContain('models.regions (West)');
    expect(check.stderr).toContain(west);

    const run = kaya('study', 'run', 'mine', '--out', 'out');
    expect(run.status, run.stderr).toBe(0);
    expect(run.stderr).toContain(west);
    // Written by the program.
    const results = JSON.parse(readFileSync(join(folder, 'out', 'results.json'), 'utf8')) as Results & {
      readonly data: {
        readonly without_rows: readonly { readonly what: string; readonly reason: { readonly en: string } }[];
      };
    };
    expect(results.tables.map(({ id }) => id)).toEqual(expect.arrayContaining(['table3', 'table11', 'region-means']));
    expect(results.tables.map(({ id }) => id)).not.toContain('regions-compared');
    expect(results.not_made.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['table11', 'D3a', 'regions-compared']),
    );
    const told = results.data.without_rows.find(({ what }) => what === 'models.regions (West)');
    expect(told?.reason.en).toContain('no rows left');
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain(west);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

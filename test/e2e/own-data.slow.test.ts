import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../architecture/planted.ts';
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

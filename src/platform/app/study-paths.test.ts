import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { said } from '../../error/said.ts';
import { runInside } from '../cli/testing/run-inside.ts';
import { pathInStudy, rawFolderOf, refuseLinksOut } from './study-paths.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kaya-study-paths-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const folder = join(scratch, 'st[1]');
const outside = join(scratch, 'outside');
for (const place of [folder, outside, join(folder, 'raw'), join(folder, 'reference')]) mkdirSync(place);
const key =
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA:SECRET,x\n-----END OPENSSH PRIVATE KEY-----\n';
writeFileSync(join(outside, 'id_rsa'), key);
symlinkSync(join(outside, 'id_rsa'), join(folder, 'linked.yaml'));
symlinkSync(outside, join(folder, 'linked'));

test('a path leads into the study, or is written whole', () => {
  expect(pathInStudy(folder, 'published.yaml', 'x')).toBe(join(folder, 'published.yaml'));
  expect(pathInStudy(folder, 'a/../raw', 'x')).toBe(join(folder, 'raw'));
  expect(pathInStudy(folder, '..a', 'x')).toBe(join(folder, '..a'));
  expect(pathInStudy(folder, join(outside, 'id_rsa'), 'x')).toBe(join(outside, 'id_rsa'));
});

test.each([
  '..',
  '../outside',
  '../outside/id_rsa',
  'a/../../outside',
  '../st1',
  'linked',
  'linked.yaml',
  'linked/id_rsa',
])('%s is refused, with the whole path that would do', (written) => {
  expect(() => pathInStudy(folder, written, said('file.printed'))).toThrow(
    expect.objectContaining({
      code: 'outside-study',
      detail: expect.objectContaining({ role: said('file.printed'), target: expect.stringContaining(scratch) }),
    }),
  );
});

test('a link in a folder of the study leads nothing out', () => {
  symlinkSync(join(outside, 'id_rsa'), join(folder, 'reference', 'cities.csv'));
  expect(() => refuseLinksOut(join(folder, 'reference'), folder, 'x')).toThrow(
    expect.objectContaining({ code: 'outside-study' }),
  );
  symlinkSync(outside, join(folder, 'raw', 'yearbook'));
  expect(() => rawFolderOf({ folder, study: { data: { raw: 'raw' } } })).toThrow(
    expect.objectContaining({ code: 'outside-study' }),
  );
  expect(rawFolderOf({ folder, study: { data: { raw: join(folder, 'raw') } } })).toBe(join(folder, 'raw'));
});

const secrets = ['/etc/passwd', join(outside, 'id_rsa')];
const content = /root:|SECRET|b3Blbn/;

test.each(secrets)('%s in the place of a file of a study is never echoed', async (secret) => {
  const place = join(scratch, 'echo');
  mkdirSync(join(place, 'pack'), { recursive: true });
  writeFileSync(join(place, 'a.csv'), 'firm,year,y,x\na,2001,1,2\na,2002,2,1\nb,2001,3,4\nb,2002,1,5\n');
  const study = (lines: string): void =>
    writeFileSync(
      join(place, 'study.yaml'),
      `kaya: 1\nid: s\ntitle: S\n${lines}\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x } }\n`,
    );
  rmSync(join(place, 'pack', 'pack.yaml'), { force: true });
  symlinkSync(secret, join(place, 'pack', 'pack.yaml'));
  for (const lines of [
    `data: { panel: a.csv }\npublished: ${secret}`,
    `data: { panel: a.csv }\npack: ${join(place, 'pack')}`,
    `data: { panel: a.csv }\npack: ./pack`,
  ]) {
    study(lines);
    const { status, out, err } = await runInside(['study', 'run', place, '--out', join(place, 'out')]);
    expect([lines, status]).not.toEqual([lines, 0]);
    expect(`${out}${err}`).not.toBe('');
    expect(`${out}${err}`).not.toMatch(content);
  }
});

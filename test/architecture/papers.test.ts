import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository } from './planted.ts';

// The bill of materials and the licences that go into the package.

interface Installed {
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly isOptional: boolean;
}
interface Component {
  readonly name: string;
  readonly version: string;
  readonly hashes: readonly object[];
  readonly licenses: readonly object[];
}
interface Papers {
  readonly installedPackages: (root: string) => readonly Installed[];
  readonly billOfMaterials: (root: string) => {
    readonly bomFormat: string;
    readonly metadata: { readonly component: Component };
    readonly components: readonly Component[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  };
  readonly licencesText: (root: string, packages?: readonly Installed[]) => string;
}

const papers = (await import(join(repository, 'scripts', 'package-papers.mjs'))) as Papers;
const installed = papers.installedPackages(repository);

const scratch = mkdtempSync(join(tmpdir(), 'kaya-papers-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Nothing of the machine that packs, nor of where its packages came from. */
function expectNoPlace(text: string): void {
  for (const place of [repository, homedir(), 'registry.', 'resolved', '/_npx/'])
    expect(text.includes(place), place).toBe(false);
}

test('every package that is installed with this one is in the bill of materials, with its hash and its licence', () => {
  const bill = papers.billOfMaterials(repository);
  const named = bill.components.map(({ name, version }) => `${name}@${version}`);
  expect([...new Set(named)].sort()).toEqual(
    [...new Set(installed.map(({ name, version }) => `${name}@${version}`))].sort(),
  );
  expect([bill.bomFormat, bill.metadata.component.name]).toEqual(['CycloneDX', 'kaya-panel']);
  for (const { name, hashes, licenses } of bill.components)
    expect([hashes.length > 0, licenses.length > 0], name).toEqual([true, true]);
  // npm leaves out what development needs as well, when it is asked for the rest alone.
  for (const name of ['yaml', 'commander', '@e965/xlsx', 'zod'])
    expect(bill.components.map((one) => one.name)).toContain(name);
  for (const name of ['vitest', 'typescript']) expect(bill.components.map((one) => one.name)).not.toContain(name);
  const text = JSON.stringify(bill);
  expectNoPlace(text);
  expect(text).toBe(JSON.stringify(papers.billOfMaterials(repository)));
});

test('every package that is installed with this one is in the text of licences', () => {
  const text = papers.licencesText(repository);
  for (const { name, version, licence } of installed) expect(text).toContain(`\n${name} ${version} (${licence})\n`);
  expectNoPlace(text);
});

test('a licence that is not listed, and a package without the text of its own, stop the packing', () => {
  const one = { place: 'node_modules/one', name: 'one', version: '1.0.0', licence: 'MIT', isOptional: false };
  const made = (change: Partial<Installed>) => () => papers.licencesText(scratch, [{ ...one, ...change }]);
  expect(made({})).toThrow('npm ci');
  mkdirSync(join(scratch, one.place), { recursive: true });
  expect(made({})).toThrow('without the text of its licence');
  writeFileSync(join(scratch, one.place, 'LICENSE.md'), 'Do what you like.\r\n');
  expect(made({})()).toContain('one 1.0.0 (MIT)\n');
  expect(made({ licence: 'MIT AND AGPL-3.0' })).toThrow('AGPL-3.0');
  expect(made({ licence: '' })).toThrow('does not list');
});

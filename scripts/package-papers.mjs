// Makes the papers of the package, as npm's `prepack`: a bill of materials (CycloneDX) of everything that is installed with it, and the
// licences of all of it. Both come from package-lock.json and node_modules alone: no path of this machine, no address of a registry,
// no clock, so that the same lock makes the same bytes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** Names of the papers in dist/. */
export const sbomFile = 'sbom.cdx.json';
export const licencesFile = 'THIRD-PARTY-LICENSES.txt';

/** Licences under which the package may pass on what it is made of. */
const accepted = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BSL-1.0',
  'Unlicense',
  'CC0-1.0',
  // Of resvg, which is passed on as it is published: its own files stay under it.
  'MPL-2.0',
]);

/** Packages whose manifest names no licence, with that of the text that comes with them. */
const unnamed = { 'png-js': 'MIT' };
/** Packages whose licence stands in their readme alone. */
const inReadme = new Set(['brotli', 'dfa', 'fontkit']);

/** Every package that is installed with this one, by place in node_modules: the lock without what is for development. */
export function installedPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([place, one]) => place !== '' && one.dev !== true)
    .map(([place, one]) => ({
      place,
      name: one.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: one.version,
      licence: one.license ?? unnamed[place.slice('node_modules/'.length)] ?? '',
      isOptional: one.optional === true,
    }));
}

/**
 * The bill of materials that npm makes of the lock, of what is installed with this package and under the names that packages are
 * published by. npm is asked for everything: with `--omit=dev` it leaves out what development needs as well, such as the YAML reader.
 */
export function billOfMaterials(root, installed = installedPackages(root)) {
  const npm = /npm-cli\.c?js$/.test(process.env.npm_execpath ?? '') ? process.env.npm_execpath : undefined;
  const options = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
  const settings = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const run =
    npm === undefined
      ? spawnSync('npm', options, { ...settings, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...options], settings);
  if (run.status !== 0) throw new Error(`npm makes no bill of materials:\n${run.stderr}`);
  const { serialNumber: _number, metadata, components, dependencies, ...bill } = JSON.parse(run.stdout);
  const { lifecycles, component } = metadata;
  const wanted = new Set(installed.map(({ name, version }) => `${name}@${version}`));
  const isWanted = (one) => wanted.has(nameAndVersion(one));
  const refs = new Set([component['bom-ref'], ...components.filter(isWanted).map((one) => one['bom-ref'])]);
  return {
    ...bill,
    metadata: { lifecycles, tools: [{ vendor: 'npm', name: 'cli' }], component: published(component) },
    components: components.filter(isWanted).map(published),
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}

/** NAME@VERSION out of the address of a component, which has the name that the package is published by. */
function nameAndVersion({ purl }) {
  const [, found] = /^pkg:npm\/(.+@[^@?]+)/.exec(purl) ?? [];
  if (found === undefined) throw new Error(`a component without a name: ${purl}`);
  return decodeURIComponent(found);
}

/** A component under the name of its address, not that of the folder that it stands in; without addresses of files. */
function published({ externalReferences: _addresses, properties: _places, ...component }) {
  const found = nameAndVersion(component);
  const name = found.slice(0, found.lastIndexOf('@'));
  const licence = unnamed[name];
  return { ...component, name, ...(licence === undefined ? {} : { licenses: [{ license: { id: licence } }] }) };
}

const isLicence = (name) => /^(licen[cs]e|copying|notice|copyright)/i.test(name);

/** The licences of all packages as one text: each text once, the packages that it holds for above it. */
export function licencesText(root, packages = installedPackages(root)) {
  const texts = new Map();
  const absent = [];
  for (const one of packages) {
    const parts = one.licence.split(/ AND | OR |[()]/).filter((part) => part !== '');
    const wrong = parts.find((part) => !accepted.has(part));
    if (wrong !== undefined || parts.length === 0)
      throw new Error(
        `${one.name} ${one.version} has the licence "${one.licence}", which scripts/package-papers.mjs does not list`,
      );
    const folder = join(root, one.place);
    if (!existsSync(folder)) {
      if (!one.isOptional) throw new Error(`${one.name} is not installed: npm ci`);
      absent.push(one);
      continue;
    }
    // What a package has for one kind of machine comes without the text that the package itself has.
    const whole = packages.find(({ name }) => one.isOptional && one.name.startsWith(`${name}-`));
    const from = whole === undefined ? folder : join(root, whole.place);
    const files = readdirSync(from, { withFileTypes: true }).filter(
      (entry) =>
        entry.isFile() &&
        (isLicence(entry.name) || (inReadme.has(one.name) && entry.name.toLowerCase() === 'readme.md')),
    );
    if (files.length === 0) throw new Error(`${one.name} ${one.version} comes without the text of its licence`);
    for (const { name } of files) {
      const text = readFileSync(join(from, name), 'utf8').replace(/\r\n?/g, '\n').trim();
      const key = createHash('sha256').update(text).digest('hex');
      const held = texts.get(key) ?? { text, packages: new Set() };
      held.packages.add(lineOf(one));
      texts.set(key, held);
    }
  }
  const blocks = [...texts.values()]
    .map(({ text, packages: held }) => ({ text, lines: [...held].sort() }))
    .sort((a, b) => (a.lines[0] < b.lines[0] ? -1 : a.lines[0] > b.lines[0] ? 1 : a.text < b.text ? -1 : 1));
  const others = absent.map(lineOf).sort();
  const rule = '='.repeat(100);
  return [
    'Licences of the packages that are installed with kaya-panel. Parts of them are joined into dist/program and dist/browser.',
    ...blocks.map(({ text, lines }) => `${rule}\n${lines.join('\n')}\n${'-'.repeat(100)}\n${text}`),
    ...(others.length === 0
      ? []
      : [
          `${rule}\nFor other machines, under the licence of the package of the same name without the machine:\n${others.join('\n')}`,
        ]),
  ]
    .join('\n\n')
    .concat('\n');
}

const lineOf = ({ name, version, licence }) => `${name} ${version} (${licence})`;

if (argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const target = join(root, 'dist');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, sbomFile), `${JSON.stringify(billOfMaterials(root), null, 1)}\n`);
  writeFileSync(join(target, licencesFile), licencesText(root));
}

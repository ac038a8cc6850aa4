// Joins the compiled program and the packages that it uses into a few files in dist/program. Node takes longer to find and
// compile a thousand small modules than a regression takes. The engine's native library stays a package, and so do the
// readers of formats that are rarely met (loaded with `require` when they are).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** What a process of its own starts from: the command, and every `new URL('./NAME.js', import.meta.url)` of the platform. */
function entriesOf(compiled) {
  const entries = { main: join(compiled, 'platform/cli/main.js') };
  for (const file of readdirSync(join(compiled, 'platform'), { withFileTypes: true, recursive: true })) {
    if (!file.isFile() || !file.name.endsWith('.js')) continue;
    const text = readFileSync(join(file.parentPath, file.name), 'utf8');
    for (const [, name] of text.matchAll(/new URL\('\.\/([\w-]+)\.js', import\.meta\.url\)/g)) {
      entries[name] = join(file.parentPath, `${name}.js`);
    }
  }
  return entries;
}

/**
 * Packages that take longer to load than a regression, and that few commands meet: the program loads what it uses of one when it does.
 * A page and the library import them as they stand.
 */
const rarelyMet = { re2js: 'RE2JS' };

/** In place of such a package: what is exported under its name, asked for when it is first used. */
const whenMet = {
  name: 'when-met',
  resolveId: (id) => (Object.hasOwn(rarelyMet, id) ? `\0${id}` : undefined),
  load(id) {
    const name = id.startsWith('\0') ? id.slice(1) : '';
    if (!Object.hasOwn(rarelyMet, name)) return undefined;
    return `import { createRequire } from 'node:module';
let loaded;
const load = () => (loaded ??= createRequire(import.meta.url)('${name}').${rarelyMet[name]});
export const ${rarelyMet[name]} = new Proxy({}, { get: (_, key) => load()[key] });`;
  },
};

/** The modules that come with a file when it is loaded: itself and what it imports, and so on. */
function loadedWith(graph, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const id of graph.get(file) ?? []) loadedWith(graph, id, seen);
  return seen;
}

/**
 * What commands load together as one file: a module apart costs Node a third of a millisecond, and `kaya reg` loaded sixty. Each
 * group is whole (it needs only itself and those before it): what every command needs, what reads a data file and prints a table,
 * what the commands that estimate share.
 */
function groupsOf(compiled, graph) {
  const loaded = (...files) => files.map((file) => loadedWith(graph, join(compiled, `${file}.js`)));
  const [program] = loaded('platform/cli/run-kaya');
  const reading = loaded('platform/cli/describe', 'platform/engine/table-reader', 'output/document/print/text');
  const [reg, threshold, words] = loaded('platform/cli/reg', 'platform/cli/threshold', 'platform/cli/request-words');
  const shared = [...reg].filter((id) => threshold.has(id));
  const groups = { program, reading: new Set(reading.flatMap((set) => [...set])), fit: new Set([...shared, ...words]) };
  return Object.entries(groups).map(([name, set], i) => ({ name, priority: 3 - i, test: (id) => set.has(id) }));
}

/** The licences of the packages whose code is in the files, a text once with all packages that it is of. */
function licencesOf(modules) {
  const seen = new Set();
  const packagesOf = new Map();
  for (const path of modules) {
    const folder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1];
    if (folder === undefined || seen.has(folder)) continue;
    seen.add(folder);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((file) => file.isFile() && /^(licen[cs]e|notice)/i.test(file.name))
      .map(({ name }) => name);
    const words = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    const text = words.join('\n\n');
    packagesOf.set(text, [...(packagesOf.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...packagesOf].map(([text, packages]) => `${packages.sort().join('\n')}\n\n${text}`);
  return parts.sort().join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** Writes dist/browser/model.js: the library of estimators as one file, for a page without a bundler. */
export async function bundleForPages(root) {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({ input: join(root, 'dist/model.js'), platform: 'browser', logLevel: 'warn' });
  const { output } = await build.generate({ minify: true, comments: { legal: false }, format: 'esm' });
  await build.close();
  const [chunk] = output;
  const target = join(root, 'dist/browser');
  writeFiles(target, [
    { fileName: 'model.js', code: chunk.code },
    { fileName: 'LICENSES.txt', code: `${licencesOf(chunk.moduleIds)}\n` },
  ]);
}

/** A module of this package compiles machine code when it is loaded, which the policy of a page forbids: it stays out where nobody uses it. */
const moduleSideEffects = [{ test: /node_modules[\\/]hyparquet-compressors[\\/]/, sideEffects: false }];

/**
 * Writes dist/pages: what a page of ours runs, one file that stands by itself each. `src/web/NAME/main.ts` is the page's own script,
 * `src/web/NAME/worker.ts` what runs beside it.
 */
export async function bundlePages(root) {
  const { rolldown } = await import('rolldown');
  const compiled = join(root, 'dist/web');
  if (!existsSync(compiled)) return;
  const entries = readdirSync(compiled).flatMap((page) =>
    ['main', 'worker'].flatMap((part) => {
      const input = join(compiled, page, `${part}.js`);
      return existsSync(input) ? [{ fileName: `${page}-${part}.js`, input }] : [];
    }),
  );
  const files = [];
  const modules = [];
  for (const { fileName, input } of entries) {
    const build = await rolldown({ input, platform: 'browser', logLevel: 'warn', treeshake: { moduleSideEffects } });
    const options = { minify: true, comments: { legal: false }, format: 'iife', codeSplitting: false };
    const [chunk] = (await build.generate(options)).output;
    await build.close();
    files.push({ fileName, code: chunk.code });
    modules.push(...chunk.moduleIds);
  }
  const licences = `${licencesOf(modules)}\n`;
  const lab = await labFile(root, files, licences);
  const report = await reportFiles(root, files);
  writeFiles(join(root, 'dist/pages'), [...report, ...lab, { fileName: 'LICENSES.txt', code: licences }]);
}

/** What a report holds, ready to stand in it: its script, and the program beside it as gzip, as text. */
async function reportFiles(root, files) {
  const codeOf = (name) => files.find(({ fileName }) => fileName === name)?.code;
  const [main, program] = [codeOf('report-main.js'), codeOf('report-worker.js')];
  if (main === undefined || program === undefined) return [];
  const { inlineScript } = await import(pathToFileURL(join(root, 'dist/web/browser/inline-script.js')).href);
  return [
    { fileName: 'report-main.js', code: inlineScript(main) },
    { fileName: 'report-worker.txt', code: await packed(root, program) },
  ];
}

/** A text as gzip, as text. */
async function packed(root, text) {
  const { bytesAsText } = await import(pathToFileURL(join(root, 'dist/output/report/byte-text.js')).href);
  return bytesAsText(gzipSync(text, { level: 9 }));
}

/** kaya-lab.html: the page, the program beside it and the licences of what is in them, as one file. */
async function labFile(root, files, licences) {
  const codeOf = (name) => files.find(({ fileName }) => fileName === name)?.code;
  const [main, program] = [codeOf('lab-main.js'), codeOf('lab-worker.js')];
  if (main === undefined || program === undefined) return [];
  const { labPage } = await import(pathToFileURL(join(root, 'dist/web/lab/page.js')).href);
  const { inlineScript } = await import(pathToFileURL(join(root, 'dist/web/browser/inline-script.js')).href);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const script = inlineScript(main);
  const scriptHash = createHash('sha256').update(script).digest('base64');
  const code = labPage({
    version,
    script,
    scriptHash,
    packedProgram: await packed(root, program),
    packedLicences: await packed(root, licences),
  });
  return [{ fileName: 'kaya-lab.html', code }];
}

/** Files that differ are replaced in one step each; what is there beside them goes last. */
function writeFiles(target, files) {
  mkdirSync(target, { recursive: true });
  for (const { fileName, code } of files) {
    const path = join(target, fileName);
    if (existsSync(path) && readFileSync(path, 'utf8') === code) continue;
    const part = join(dirname(path), `.${basename(path)}.part`);
    writeFileSync(part, code);
    renameSync(part, path);
  }
  const names = new Set(files.map(({ fileName }) => fileName));
  for (const name of readdirSync(target)) if (!names.has(name)) rmSync(join(target, name));
}

/**
 * Writes dist/program. A file whose name has the hash of its content is written when it is not there; the entries are replaced in
 * one step, and what no entry needs any more goes last: a program that runs finds its files.
 */
export async function bundleProgram(root) {
  const { rolldown } = await import('rolldown');
  const target = join(root, 'dist/program');
  const graph = new Map();
  const build = await rolldown({
    input: entriesOf(join(root, 'dist')),
    platform: 'node',
    external: [/^@duckdb\/node-bindings/],
    logLevel: 'warn',
    plugins: [
      whenMet,
      {
        name: 'graph',
        buildEnd() {
          for (const id of this.getModuleIds()) graph.set(id, this.getModuleInfo(id).importedIds);
        },
      },
    ],
  });
  const { output } = await build.generate({
    minify: { compress: false, mangle: true, codegen: { removeWhitespace: true } },
    codeSplitting: { groups: groupsOf(join(root, 'dist'), graph) },
    comments: { legal: false },
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await build.close();
  const chunks = output.filter(({ type }) => type === 'chunk');
  const files = [
    ...chunks.filter(({ isEntry }) => !isEntry),
    ...chunks.filter(({ isEntry }) => isEntry),
    { fileName: 'LICENSES.txt', code: `${licencesOf(chunks.flatMap(({ moduleIds }) => moduleIds))}\n` },
  ];
  writeFiles(target, files);
}

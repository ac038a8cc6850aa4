// Import rules, made from the one list in scripts/import-order.json. scripts/check-imports.mjs runs them.
const { layers, inside, commands, core, packages } = require('./scripts/import-order.json');

/** Rules for folders in groups: each may import itself and the groups to its left. `a|b` is two folders taken as one. */
function orderRules(base, groups) {
  const all = groups.flat();
  return groups
    .flatMap((group, i) =>
      group.map((folder) => {
        const allowed = [...groups.slice(0, i).flat(), folder];
        const refused = all.filter((other) => !allowed.includes(other));
        return {
          name: `${base}${folder.replaceAll('|', '+')}-imports-left-only`,
          severity: 'error',
          from: { path: `^src/${base}(${folder})/` },
          to: { path: refused.map((other) => `^src/${base}(${other})/`) },
        };
      }),
    )
    .filter((rule) => rule.to.path.length > 0);
}

const escaped = (text) => text.replaceAll('.', '\\.').replaceAll('*', '[^/]+');
const packagePath = (name) => `(^|node_modules/)${escaped(name)}(/|$)`;
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

const packageRules = Object.entries(packages).map(([name, folders]) => ({
  name: `only-${folders.join('-or-').replaceAll('/', '.')}-imports-${name}`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders.map((folder) => `^src/${folder}/`) },
  to: { path: packagePath(name) },
}));

module.exports = {
  forbidden: [
    ...orderRules('', layers),
    ...Object.entries(inside).flatMap(([layer, groups]) => orderRules(`${layer}/`, groups)),
    {
      name: 'output-sees-only-results-of-the-model',
      severity: 'error',
      from: { path: '^src/output/' },
      to: { path: '^src/model/', pathNot: '^src/model/result/' },
    },
    {
      name: 'browser-entries-hold-no-machine',
      severity: 'error',
      from: { path: '^src/(model|output)\\.ts$' },
      to: { path: '^src/(study|platform)/' },
    },
    { name: 'entries-are-for-users', severity: 'error', from: { path: '^src/' }, to: { path: '^src/[a-z]+\\.ts$' } },
    {
      name: 'core-runs-anywhere',
      severity: 'error',
      from: { path: core.map((folder) => `^src/${folder}/`) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pages-hold-no-machine',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'commands-load-when-called',
      comment: 'so that help and wrong usage answer at once',
      severity: 'error',
      from: { path: '^src/platform/cli/(main|run-kaya|program|usage|values|progress)\\.ts$' },
      to: {
        path: '^src/(data|domain|model|study|platform/(engine|store|worker))/|^src/output/(table|figure|report)/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-command-imports-another',
      comment: 'what commands share is in platform/app',
      severity: 'error',
      from: { path: `^src/platform/cli/(${commands.join('|')})\\.ts$` },
      to: { path: `^src/platform/cli/(${commands.join('|')})\\.ts$`, pathNot: '^src/platform/cli/$1\\.ts$' },
    },
    ...packageRules,
    {
      name: 'packages-are-listed',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: npm, pathNot: Object.keys(packages).map(packagePath) },
    },
    { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    exclude: { path: '\\.test\\.ts$|(^|/)testing/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: require.resolve('./tsconfig.base.json') },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};

import type { Command } from 'commander';
import { fullName } from './usage.ts';

/** What `--help` ends with: command lines by the command's full name, each as it is typed. A test runs or reads every one. */
export const examples: Readonly<Record<string, readonly [string, string, string]>> = {
  'kaya study run': [
    'kaya study run my-study',
    'kaya study run my-study --only table2,table3 --out results',
    'kaya study run my-study --pdf --threads 2',
  ],
  'kaya study init': [
    'kaya study init my-study --from panel.csv',
    'kaya study init my-study --from panel.csv --unit city --time year --outcome y',
    'kaya study init my-study --template carbon-productivity-of-countries',
  ],
  'kaya study check': [
    'kaya study check my-study',
    'kaya study check my-study --resolved',
    'kaya study check my-study/study.yaml --json',
  ],
  'kaya study verify': [
    'kaya study verify out/my-study',
    'kaya study verify out/my-study --no-inputs',
    'kaya study verify results --study my-study --json',
  ],
  'kaya panel build': [
    'kaya panel build my-study',
    'kaya panel build my-study --out panel.dta',
    'kaya panel build my-study --out panel.parquet --threads 2',
  ],
  'kaya panel why': [
    'kaya panel why my-study --unit 110000 --year 2015 --var cp',
    'kaya panel why my-study --unit 110000 --year 2015 --var cp --out results',
    'kaya panel why my-study --unit 440300 --year 2020 --var ai --firms 50 --json',
  ],
  'kaya simulate': [
    'kaya simulate my-study --out raw',
    'kaya simulate my-study --out raw --seed 7 --scale 0.1 --sampling --faults none',
    'kaya simulate my-study --out layers --score --format json',
  ],
  'kaya describe': [
    'kaya describe panel.csv',
    'kaya describe panel.csv y ai hc --kind correlations --below p --out correlations.docx',
    'kaya describe panel.csv y ai --kind groups --by region --vcov cluster:city',
  ],
  'kaya reg': [
    'kaya reg panel.csv "y ~ ai + hc | city + year" --vcov cluster:city',
    'kaya reg panel.csv "y ~ hc | city + year | ai ~ iv" --panel city,year --out iv.tex',
    'kaya reg panel.csv "y ~ ai + csw0(hc, size) | city + year" --vcov cluster:city --wild ai',
  ],
  'kaya compress': [
    'kaya compress panel.csv "y ~ ai + hc | city + year" --by city --out sums.json',
    'kaya compress panel.csv "y ~ ai + hc + i(year) | city" --by region --min-rows 20 --out sums.json',
    'kaya compress panel.csv "y ~ ai + hc" --by city --weights size --where "year >= 2005" --out sums.json --json',
  ],
  'kaya threshold': [
    'kaya threshold panel.csv "y ~ hc | city + year" --regime ai --by size --panel city,year --boot 300',
    'kaya threshold panel.csv "y ~ hc | city" --regime ai --by "l(size,1)" --panel city,year --thresholds 2 --trim 0.05',
    'kaya threshold panel.csv "y ~ hc | city" --regime ai --by size --panel city,year --boot 0 --plot lr.svg',
  ],
  'kaya export': [
    'kaya export r my-study --out in-r',
    'kaya export stata my-study --out in-stata',
    'kaya export replication my-study --out package',
  ],
  'kaya diff': [
    'kaya diff out/before out/after',
    'kaya diff out/before out/after --only table3 --all --out changes.docx',
    'kaya diff before.json after.json --tolerance 1e-6 --json',
  ],
  'kaya audit': [
    'kaya audit published.yaml',
    'kaya audit table3.txt --periods 19',
    'kaya --lang zh audit published.json --facts facts.yaml --out audit.docx',
  ],
  'kaya registry scan': [
    'kaya registry scan --study my-study --report',
    'kaya registry scan firms-2003.csv firms-2004.xlsx --keywords keywords.csv --out counts.csv',
    'kaya registry scan firms.parquet --keywords keywords.csv --count stock --last-year 2021 --json',
  ],
  'kaya registry collect': [
    'kaya registry collect --config registry.yaml --dry-run',
    'kaya registry collect --config registry.yaml',
    'kaya registry collect --config registry.yaml --out collected --json',
  ],
  'kaya doctor': ['kaya doctor', 'kaya doctor --json', 'kaya --lang zh doctor'],
  'kaya mcp': ['kaya mcp', 'kaya mcp my-study', 'kaya mcp data results'],
  'kaya help': ['kaya help formula', 'kaya help vcov', 'kaya help study run'],
};

/** Adds its examples to every command of a program, and of those below it. */
export function withExamples(command: Command): void {
  const lines = examples[fullName(command)];
  if (lines !== undefined) command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  for (const inner of command.commands) withExamples(inner);
}

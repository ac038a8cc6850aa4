import type { SourceFile } from './tree.ts';

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

const softLimit = 250;
const hardLimit = 400;
const testLimit = 600;

function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/') || path.includes('/testing/');
}

/** Files longer than a reader likes: `over` must be split, `near` should be. */
export function longFiles(files: readonly SourceFile[]): { over: Finding[]; near: Finding[] } {
  const long = { over: [] as Finding[], near: [] as Finding[] };
  for (const { path, text } of files) {
    const lines = text.trimEnd().split('\n').length;
    const finding = { path, line: lines, what: `${lines} lines` };
    if (lines > (isTest(path) ? testLimit : hardLimit)) long.over.push(finding);
    else if (!isTest(path) && lines > softLimit) long.near.push(finding);
  }
  return long;
}

const digitsToText =
  /\.(toFixed|toPrecision|toExponential|toLocaleString|toLocaleDateString|toLocaleTimeString)\b|\bIntl\./;

/** Places outside `output/format` where digits become text. */
export function digitOffenders(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/output/format/') && !isTest(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => {
        const match = digitsToText.exec(line);
        return match === null ? [] : [{ path, line: i + 1, what: match[0] }];
      }),
    );
}

const flag = /(?<![\w-])--[a-z][\w-]*/;

/** Options of the command line in the model: it knows the fields of a request, the command line their flags. */
export function flagOffenders(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => path.startsWith('src/model/') && !isTest(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => {
        const match = flag.exec(line);
        return match === null ? [] : [{ path, line: i + 1, what: match[0] }];
      }),
    );
}

const drawer = /(^|\/)(utils?|helpers?|misc|common|base|managers?|shared)(\.ts$|\/)/;

/** Files and folders whose name says nothing. */
export function drawers(files: readonly SourceFile[]): Finding[] {
  return files.flatMap(({ path }) => {
    const match = drawer.exec(path);
    return match === null ? [] : [{ path, line: 1, what: match[2] }];
  });
}

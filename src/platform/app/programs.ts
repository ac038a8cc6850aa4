import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** First line of what a program prints; null when it is not there. */
export function firstLine(program: string, options: readonly string[]): string | null {
  const { status, stdout, stderr } = spawnSync(program, [...options], { encoding: 'utf8', timeout: 10_000 });
  if (status !== 0) return null;
  const [line = ''] = `${stdout}${stderr}`.split('\n', 1);
  return line.trim() || null;
}

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

/** Where browsers lie that no folder of PATH has. */
const browserPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    if (folder === undefined) return [];
    return [
      'Chromium/Application/chrome.exe',
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ].map((name) => join(folder, name));
  }),
};

/** A browser of the Chromium family: the one that KAYA_BROWSER names, else the first that is found; null for none. */
export function findBrowser(environment: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = environment.KAYA_BROWSER ?? '';
  if (named !== '') return existsSync(named) ? named : null;
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  const inPath = folders.flatMap((folder) =>
    browserNames.flatMap((name) => endings.map((ending) => join(folder, `${name}${ending}`))),
  );
  return [...inPath, ...(browserPlaces[process.platform] ?? [])].find((path) => existsSync(path)) ?? null;
}

/** Packages of LaTeX that printed tables ask for: by all, by aligned numbers, by Chinese text. */
export const latexFiles = ['booktabs', 'threeparttable', 'graphicx', 'siunitx', 'ctex', 'xeCJK'] as const;

/** What there is of LaTeX: versions of its programs, and which packages it finds; null where it has no search for files. */
export interface LatexReport {
  readonly pdflatex: string | null;
  readonly xelatex: string | null;
  readonly packages: Readonly<Record<(typeof latexFiles)[number], boolean>> | null;
}

/** Looks for LaTeX and the packages of its tables. */
export function examineLatex(): LatexReport {
  const { stdout, error } = spawnSync('kpsewhich', [...latexFiles.map((name) => `${name}.sty`)], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  const found = (stdout ?? '').split('\n').map((line) => line.trim().replace(/^.*[\\/]/, ''));
  const has = (name: string): boolean => found.includes(`${name}.sty`);
  return {
    pdflatex: firstLine('pdflatex', ['--version']),
    xelatex: firstLine('xelatex', ['--version']),
    packages:
      error !== undefined
        ? null
        : {
            booktabs: has('booktabs'),
            threeparttable: has('threeparttable'),
            graphicx: has('graphicx'),
            siunitx: has('siunitx'),
            ctex: has('ctex'),
            xeCJK: has('xeCJK'),
          },
  };
}

/** LibreOffice by its version; null where it is not found. */
export function examineOffice(): string | null {
  return (
    firstLine('soffice', ['--version']) ??
    (process.platform === 'darwin'
      ? firstLine('/Applications/LibreOffice.app/Contents/MacOS/soffice', ['--version'])
      : null)
  );
}

import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { hashBytes } from '../store/hash.ts';

/** Where a face of letters lies: its file, and its name there where a file holds several. */
export interface FontFile {
  readonly path: string;
  /** PostScript name; null: the first of the file. */
  readonly name: string | null;
}

/** A face as machines have it: names of its file, small letters, and of itself in a collection. */
interface KnownFace {
  readonly files: readonly string[];
  readonly names?: readonly string[];
}
interface KnownFont {
  readonly regular: KnownFace;
  /** Left out: its bold letters are the regular ones. */
  readonly bold?: KnownFace;
}

const face = (files: string, names?: string): KnownFace => ({
  files: files.split('|'),
  ...(names === undefined ? {} : { names: names.split('|') }),
});
const one = (regular: string, bold?: string): KnownFont => ({
  regular: face(regular),
  ...(bold === undefined ? {} : { bold: face(bold) }),
});

/**
 * Fonts of figures in the order in which a letter is looked for: those that a browser would take for the same figure, Latin ones
 * before Chinese ones, and last what is wider than the room that figures leave for their words.
 */
const knownFonts: readonly KnownFont[] = [
  one('sourcesans3-regular.otf|sourcesans3-regular.ttf', 'sourcesans3-semibold.otf|sourcesans3-semibold.ttf'),
  {
    regular: face('helveticaneue.ttc', 'HelveticaNeue'),
    bold: face('helveticaneue.ttc', 'HelveticaNeue-Medium|HelveticaNeue-Bold'),
  },
  one('arial.ttf', 'arialbd.ttf|arial bold.ttf'),
  one('liberationsans-regular.ttf', 'liberationsans-bold.ttf'),
  one('notosans-regular.ttf', 'notosans-bold.ttf'),
  {
    regular: face('notosanscjk-regular.ttc', 'NotoSansCJKsc-Regular'),
    bold: face('notosanscjk-bold.ttc', 'NotoSansCJKsc-Bold'),
  },
  one(
    'notosanscjksc-regular.otf|notosanssc-regular.otf|notosanssc-regular.ttf',
    'notosanscjksc-bold.otf|notosanssc-bold.otf',
  ),
  one('sourcehansanssc-regular.otf|sourcehansanscn-regular.otf', 'sourcehansanssc-bold.otf|sourcehansanscn-bold.otf'),
  { regular: face('pingfang.ttc', 'PingFangSC-Regular'), bold: face('pingfang.ttc', 'PingFangSC-Semibold') },
  {
    regular: face('hiragino sans gb.ttc', 'HiraginoSansGB-W3'),
    bold: face('hiragino sans gb.ttc', 'HiraginoSansGB-W6'),
  },
  { regular: face('stheiti light.ttc', 'STHeitiSC-Light'), bold: face('stheiti medium.ttc', 'STHeitiSC-Medium') },
  { regular: face('msyh.ttc', 'MicrosoftYaHei'), bold: face('msyhbd.ttc', 'MicrosoftYaHei-Bold') },
  one('dejavusans.ttf', 'dejavusans-bold.ttf'),
  one('simhei.ttf'),
  one('wqy-microhei.ttc'),
  one('wqy-zenhei.ttc'),
  one('droidsansfallbackfull.ttf|droidsansfallback.ttf'),
  { regular: face('notoserifcjk-regular.ttc', 'NotoSerifCJKsc-Regular') },
  { regular: face('simsun.ttc', 'SimSun') },
];

/** Faces of the machine in the order in which a letter is looked for. @param folders folders of fonts; those within them, too */
export function fontFiles(isBold: boolean, folders: readonly string[] = fontFolders()): readonly FontFile[] {
  const found = filesBelow(folders);
  const placeOf = ({ files, names }: KnownFace): readonly FontFile[] => {
    const path = files.map((file) => found.get(file)).find((place) => place !== undefined);
    return path === undefined ? [] : (names ?? [null]).map((name) => ({ path, name }));
  };
  return knownFonts.flatMap(({ regular, bold }) => [
    ...(isBold && bold !== undefined ? placeOf(bold) : []),
    ...placeOf(regular),
  ]);
}

/**
 * Hash of the fonts that this machine has for figures, by the names and the lengths of their files: whether drawings made here are
 * lettered as before.
 */
export function fontsHash(folders: readonly string[] = fontFolders()): string {
  const files = [...fontFiles(false, folders), ...fontFiles(true, folders)];
  const lengths = files.map(({ path, name }) => [basename(path), name, statSync(path).size]);
  return hashBytes(JSON.stringify(lengths));
}

/** Path by file name in small letters; of two files of one name the first. */
function filesBelow(folders: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const file of entriesOf(folder)) {
      const name = file.name.toLowerCase();
      if (file.isFile() && !found.has(name)) found.set(name, join(file.parentPath, file.name));
    }
  }
  return found;
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return []; // a folder that this machine does not have, or does not show
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true, recursive: true });
}

/** Where this machine keeps fonts, a user's own before the others'. */
function fontFolders(): readonly string[] {
  const home = homedir();
  switch (process.platform) {
    case 'win32':
      return [
        ...(process.env.LOCALAPPDATA === undefined ? [] : [join(process.env.LOCALAPPDATA, 'Microsoft/Windows/Fonts')]),
        join(process.env.WINDIR ?? 'C:/Windows', 'Fonts'),
      ];
    case 'darwin':
      return [join(home, 'Library/Fonts'), '/Library/Fonts', '/System/Library/Fonts'];
    default:
      return [join(home, '.local/share/fonts'), join(home, '.fonts'), '/usr/local/share/fonts', '/usr/share/fonts'];
  }
}

import { createRequire } from 'node:module';
import { type FontFile, fontFiles } from './font-files.ts';

/** The part of a face of fontkit that is read; its package has no types. */
interface Face {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly hasGlyphForCodePoint: (letter: number) => boolean;
  readonly glyphForCodePoint: (letter: number) => {
    readonly advanceWidth: number;
    readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] };
  };
}
interface Collection {
  readonly fonts: readonly Face[];
}
interface Fontkit {
  readonly openSync: (path: string, name?: string) => Face | Collection | null;
}

/** A letter as its outline, in shares of the size of the letters, y upwards. */
export interface Outline {
  readonly advance: number;
  readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[];
}

/** A face that is open. */
export interface FigureFont {
  readonly path: string;
  /** PostScript name in a file of several; null: the file holds no other. */
  readonly name: string | null;
  readonly has: (letter: string) => boolean;
  readonly outlineOf: (letter: string) => Outline;
}

/** Letters of one face that stand side by side. */
export interface FontRun {
  readonly font: FigureFont;
  readonly text: string;
}

/** The fonts of figures on a machine, opened when a letter first needs them. */
export interface FigureFonts {
  /** A text by the faces that have its letters; letters that no face has are told apart. */
  readonly runsOf: (
    text: string,
    isBold: boolean,
  ) => { readonly runs: readonly FontRun[]; readonly missing: readonly string[] };
}

/** The fonts of this machine. @param folders where they lie; left out: where the system keeps them */
export function figureFonts(folders?: readonly string[]): FigureFonts {
  const files = new Map<boolean, readonly FontFile[]>();
  const open = new Map<string, FigureFont | null>();
  const filesOf = (isBold: boolean): readonly FontFile[] => {
    const known = files.get(isBold) ?? fontFiles(isBold, folders);
    files.set(isBold, known);
    return known;
  };
  const fontOf = (file: FontFile): FigureFont | null => {
    const key = `${file.path}:${file.name}`;
    const known = open.get(key);
    if (known !== undefined) return known;
    const opened = openFont(file);
    open.set(key, opened);
    return opened;
  };
  const faceOf = (letter: string, isBold: boolean): FigureFont | null => {
    for (const file of filesOf(isBold)) {
      const font = fontOf(file);
      if (font?.has(letter) === true) return font;
    }
    return null;
  };
  return {
    runsOf: (text, isBold) => {
      const runs: { font: FigureFont; text: string }[] = [];
      const missing = new Set<string>();
      for (const letter of text) {
        const last = runs.at(-1);
        // A space belongs to the word before it.
        const font = letter === ' ' && last !== undefined ? last.font : faceOf(letter, isBold);
        if (font === null) missing.add(letter);
        else if (last?.font === font) last.text += letter;
        else runs.push({ font, text: letter });
      }
      return { runs, missing: [...missing] };
    },
  };
}

/** Null for a file that holds no such face or cannot be read: the next font is looked at. */
function openFont({ path, name }: FontFile): FigureFont | null {
  // The package is asked for when a figure is first printed; what is used of it is declared by hand.
  const fontkit = createRequire(import.meta.url)('fontkit') as Fontkit;
  let face: Face;
  let isOfSeveral: boolean;
  try {
    const found = name === null ? fontkit.openSync(path) : fontkit.openSync(path, name);
    const first = found !== null && 'fonts' in found ? found.fonts[0] : found;
    if (first == null) return null;
    face = first;
    isOfSeveral = found !== first || name !== null;
  } catch {
    return null; // a damaged file: another font has the letters, or they are told as missing
  }
  const outlines = new Map<string, Outline>();
  return {
    path,
    name: isOfSeveral ? face.postscriptName : null,
    has: (letter) => face.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0),
    outlineOf: (letter) => {
      const known = outlines.get(letter);
      if (known !== undefined) return known;
      const glyph = face.glyphForCodePoint(letter.codePointAt(0) ?? 0);
      const outline = {
        advance: glyph.advanceWidth / face.unitsPerEm,
        commands: glyph.path.commands.map(({ command, args }) => ({
          command,
          args: args.map((value) => value / face.unitsPerEm),
        })),
      };
      outlines.set(letter, outline);
      return outline;
    },
  };
}

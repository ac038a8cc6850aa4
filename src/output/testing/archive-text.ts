import { strFromU8, unzipSync } from 'fflate';

/** Properties of cells, lines and runs of a word processor, which are the same again and again. */
const propertyBlock = /<w:(tblPr|tblGrid|trPr|tcPr|pPr|rPr|sectPr)>.*?<\/w:\1>|<w:(?:tblPr|trPr|tcPr|pPr|rPr)\/>/gs;

/**
 * The text of a docx file as lines, names of namespaces left off: a row with its cells, each block of properties by its place in a list.
 * @param known the list, to which new blocks are added
 */
export function docxText(bytes: Uint8Array, known: string[]): string {
  const files = unzipSync(bytes);
  const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array()).replace(/ xmlns:\w+="[^"]*"/g, '');
  const short = xml.replace(propertyBlock, (block) => {
    const place = known.includes(block) ? known.indexOf(block) : known.push(block) - 1;
    return `{${place + 1}}`;
  });
  return short.replace(/<\/w:tr>|<\/w:p>(?!<\/w:tc>)|<w:tbl>|<\/w:tbl>/g, '$&\n').replace(/<w:tc>/g, '\n  $&');
}

/** The first sheet of an xlsx file as lines, texts in the place of their numbers, then the styles that its cells name. */
export function xlsxText(bytes: Uint8Array): string {
  const files = unzipSync(bytes);
  const part = (name: string): string =>
    strFromU8(files[name] ?? new Uint8Array()).replace(/ xmlns(?::\w+)?="[^"]*"/g, '');
  const texts = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, text = '']) => text);
  const sheet = part('xl/worksheets/sheet1.xml').replace(
    /t="s"([^>]*)><v>(\d+)<\/v>/g,
    (_, rest: string, place: string) => `${rest}>${texts[Number(place)] ?? ''}`,
  );
  return `${sheet}${part('xl/styles.xml')}`.replace(/<(row|c|mergeCell|font|fill|border|xf|numFmt|col)[ >]/g, '\n$&');
}

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The first moment that an archive can say. */
const firstMoment = new Date('1980-01-01T00:00:00');

/**
 * An archive of an office program without the moment at which it was made: entries in the order of their names, each of the same date,
 * so that the same content gives the same bytes.
 */
export function sameBytes(archive: Uint8Array): Uint8Array {
  const entries = Object.entries(unzipSync(archive)).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // The list of types comes first, as readers expect it.
  const first = entries.filter(([name]) => name === '[Content_Types].xml');
  const ordered = [...first, ...entries.filter(([name]) => name !== '[Content_Types].xml')];
  return zipSync(
    Object.fromEntries(
      ordered.map(([name, bytes]) => [
        name,
        [name.endsWith('core.xml') ? undated(bytes) : bytes, { mtime: firstMoment }],
      ]),
    ),
    { level: 6 },
  );
}

/** The properties of a file with a date that says nothing. */
function undated(bytes: Uint8Array): Uint8Array {
  const text = strFromU8(bytes);
  return strToU8(
    text.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, (_, tag: string) => `${tag}1980-01-01T00:00:00Z`),
  );
}

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The first moment that an archive can say. */
const firstMoment = new Date('1980-01-01T00:00:00');

/** An archive of an office program without the moment at which it was made, so that the same content gives the same bytes. */
export function sameBytes(archive: Uint8Array): Uint8Array {
  return officeArchive(Object.entries(unzipSync(archive)));
}

/** Parts of a file of an office program as one archive: in the order of their names, each of the same date. */
export function officeArchive(parts: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const entries = [...parts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
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

/**
 * An archive with the moment of every entry set to the first that it can say, in place; what the entries hold stays. For writers that
 * put no other moment into it.
 */
export function withoutTimes<Bytes extends Uint8Array>(archive: Bytes): Bytes {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  const first = 0x0021_0000;
  for (let at = view.getUint32(end + 16, true); at < end && view.getUint32(at, true) === 0x02014b50; ) {
    view.setUint32(at + 12, first, true);
    view.setUint32(view.getUint32(at + 42, true) + 10, first, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return archive;
}

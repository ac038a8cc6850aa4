import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A part of an archive, and what is false about it when the archive is written.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {Buffer} content     unpacked
 * @property {number} [declared]  its unpacked size as the archive says it
 * @property {number} [packed]    its packed size as the archive says it
 * @property {number} [offset]    where the archive says that it begins
 * @property {number} [crc]
 * @property {number} [method]
 * @property {number} [flags]
 */

/**
 * The parts of a sound archive, unpacked.
 *
 * @param {Buffer} bytes
 * @returns {Part[]}
 */
export function partsOf(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const parts = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [packed, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + packed);
    parts.push({ name, content: bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/**
 * An archive of these parts, with what is false about them.
 *
 * @param {Part[]} parts
 * @returns {Buffer}
 */
export function zipOf(parts) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const part of parts) {
    const packed = deflateRawSync(part.content);
    const title = Buffer.from(part.name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(part.flags ?? 0, 2);
    shared.writeUInt16LE(part.method ?? 8, 4);
    shared.writeUInt32LE(part.crc ?? crc(part.content), 10);
    shared.writeUInt32LE(part.packed ?? packed.length, 14);
    shared.writeUInt32LE(part.declared ?? part.content.length, 18);
    shared.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, title, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(part.offset ?? offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), shared, rest, title]));
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, entries, end]);
}

const crc = (content) => crc32(content) >>> 0;

import { bytesFromText } from '../../output/report/byte-text.ts';

/** Bytes from the text that stands for their gzip. */
export async function unpacked(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytesFromText(text)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The same as text. */
export async function unpackedText(text: string): Promise<string> {
  return new TextDecoder().decode(await unpacked(text));
}

/** Bytes from base64 text, unpacked from gzip. */
export async function unpacked(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The same as text. */
export async function unpackedText(text: string): Promise<string> {
  return new TextDecoder().decode(await unpacked(text));
}

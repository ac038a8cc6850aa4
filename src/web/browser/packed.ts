/** Bytes from base64 text, unpacked from gzip. */
export async function unpacked(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const binary = atob(text);
  const packed = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) packed[i] = binary.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The same as text. */
export async function unpackedText(text: string): Promise<string> {
  return new TextDecoder().decode(await unpacked(text));
}

/** Bytes of Windows-1252 below 0xa1 that stand in texts: euro, dots, quotes, dashes, a bullet, trademark, a hard blank. */
const typographic: ReadonlySet<number> = new Set([0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0xa0]);

/**
 * Evidence for Chinese in GB18030: pairs of bytes that are characters of GB2312, those in common use (its first level) more
 * than the others, its full-width marks, and rare characters whose bytes stand in no Western text.
 */
export function chineseWeight(bytes: Uint8Array): number {
  let weight = 0;
  for (let i = 0; i + 1 < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x81) continue;
    const trail = bytes[i + 1] ?? 0;
    if (trail >= 0xa1 && lead >= 0xa1) {
      if (lead >= 0xb0 && lead <= 0xd7) weight += 2;
      else if (lead >= 0xd8 && lead <= 0xf7) weight += 0.5;
      else if (lead <= 0xa9) weight += 1;
    } else if (lead <= 0xa0 && !typographic.has(lead)) weight += 1;
    else if (trail >= 0x80 && !typographic.has(trail)) weight += 1;
    i++;
  }
  return weight;
}

/**
 * Evidence for Western text: a letter with an accent that stands among ASCII letters or alone, as it does in every language
 * of Western Europe (Zürich, São, Ångström), and a curly quote or dash after a letter. Two such letters in a row are few.
 */
export function westernWeight(bytes: Uint8Array): number {
  let weight = 0;
  for (let i = 0; i < bytes.length; ) {
    let end = i;
    while ((bytes[end] ?? 0) >= 0x80) end++;
    if (end === i) {
      i++;
      continue;
    }
    const isBetweenLetters = isLetter(bytes[i - 1]) || isLetter(bytes[end]);
    const length = end - i;
    for (; i < end; i++) {
      const byte = bytes[i] ?? 0;
      const isAccented = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7;
      if (length === 1 && isBetweenLetters && (isAccented || (byte >= 0x91 && byte <= 0x97))) weight += 2;
      else if (length === 1 && (byte > 0xa0 || typographic.has(byte))) weight += 1;
      else if (length === 2 && isBetweenLetters && isAccented) weight += 0.5;
    }
  }
  return weight;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));
}

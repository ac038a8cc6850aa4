import type { Language } from './text-key.ts';

const partsZh: ReadonlyMap<string | undefined, (part: number) => string> = new Map([
  ['q', (part: number) => `第${part}季度`],
  ['m', (part: number) => `${part}月`],
  ['h', (part: number) => (part === 1 ? '上半年' : '下半年')],
  ['w', (part: number) => `第${part}周`],
]);

/** A period as a reader of the language writes it: 2003q1 and 2003年第1季度; a text that is none stays as it is. */
export function periodInWords(text: string, language: Language): string {
  if (language === 'en') return text;
  const [, year, letter, part] = /^(\d{4})([qmhw])(\d{1,2})$/.exec(text) ?? [];
  const partInWords = partsZh.get(letter);
  if (partInWords !== undefined) return `${year}年${partInWords(Number(part))}`;
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return day === null ? text : `${day[1]}年${Number(day[2])}月${Number(day[3])}日`;
}

import type { Language } from './text-key.ts';

const partsZh: Readonly<Record<string, (part: number) => string>> = {
  q: (part) => `第${part}季度`,
  m: (part) => `${part}月`,
  h: (part) => (part === 1 ? '上半年' : '下半年'),
  w: (part) => `第${part}周`,
};

/** A period as a reader of the language writes it: 2003q1 and 2003年第1季度; a text that is none stays as it is. */
export function periodInWords(text: string, language: Language): string {
  if (language === 'en') return text;
  const part = /^(\d{4})([qmhw])(\d{1,2})$/.exec(text);
  if (part !== null) return `${part[1]}年${partsZh[part[2]](Number(part[3]))}`;
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return day === null ? text : `${day[1]}年${Number(day[2])}月${Number(day[3])}日`;
}

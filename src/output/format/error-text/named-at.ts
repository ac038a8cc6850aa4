import type { NamedAt } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';

const placeText = ({ file, line, column, key }: NamedAt, language: Language): string =>
  language === 'en' ? `${file}:${line}:${column} (${key})` : `${file}:${line}:${column}（${key}）`;

/** From where a path that is not there is read: the study that names it, else the folder of the command. */
export function pathAdvice(named: NamedAt | undefined, language: Language): string {
  if (language === 'en') {
    return named === undefined
      ? 'Check the path; it is read from the folder you are in.'
      : `Check the path at ${placeText(named, language)}; it is read from the folder of the study file.`;
  }
  return named === undefined
    ? '请检查路径；相对路径从当前目录算起。'
    : `请检查 ${placeText(named, language)}处的路径；相对路径从研究文件所在的文件夹算起。`;
}

/** Where a study names the path that is at fault; nothing where none does. */
export function namedText(named: NamedAt | undefined, language: Language): string {
  if (named === undefined) return '';
  const place = placeText(named, language);
  return language === 'en' ? ` It is named at ${place}.` : `该路径写在 ${place}。`;
}

/** The same in front of a sentence. */
export function namedFirst(named: NamedAt | undefined, language: Language): string {
  if (named === undefined) return '';
  return `${placeText(named, language)}${language === 'en' ? ': ' : '：'}`;
}

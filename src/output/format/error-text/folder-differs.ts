import type { ErrorDetail } from '../../../error/codes.ts';
import type { FolderDifference } from '../../../error/folder-difference.ts';
import type { Language } from '../text-key.ts';

/** Differences that are written out; the rest is counted. */
const mostShown = 40;

/** What a folder of results has otherwise than its manifest says, a line each. */
export function folderDiffersText({ folder, differences }: ErrorDetail<'folder-differs'>, language: Language): string {
  const shown = differences.slice(0, mostShown).map((one) => `  ${lineOf(one, language)}`);
  const rest = differences.length - shown.length;
  const more = language === 'en' ? `  and ${rest} more; --json lists them all` : `  另有${rest}处；--json 列出全部`;
  const head =
    language === 'en'
      ? `${folder} is not what its manifest says, in ${differences.length} ${differences.length === 1 ? 'place' : 'places'}:`
      : `${folder}与其manifest不符，共${differences.length}处：`;
  const advice =
    language === 'en'
      ? 'Run the study again into this folder to make it what the study now says, or take another copy of the folder.'
      : '请将研究重新运行到该文件夹，或改用该文件夹的其他副本。';
  return [head, ...shown, ...(rest > 0 ? [more] : []), advice].join('\n');
}

function lineOf(difference: FolderDifference, language: Language): string {
  const { kind, name } = difference;
  const isEnglish = language === 'en';
  switch (kind) {
    case 'missing':
      return isEnglish ? `missing: ${name}` : `缺少：${name}`;
    case 'changed':
      return isEnglish ? `changed: ${name}` : `已改动：${name}`;
    case 'extra':
      return isEnglish ? `not of this run: ${name}` : `并非此次运行所留：${name}`;
    case 'unfinished':
      return isEnglish ? `left by a run that was cut off: ${name}` : `中断的运行所留：${name}`;
    case 'input-missing':
      return isEnglish ? `input gone: ${name}` : `输入文件已不存在：${name}`;
    case 'input-changed':
      return isEnglish ? `input changed since: ${name}` : `输入文件其后被改动：${name}`;
    case 'no-study':
      return isEnglish
        ? `inputs not looked at: no study at ${name || 'a place that the manifest names'}; name it with --study, or pass --no-inputs`
        : `未能核对输入：${name || 'manifest所示位置'}处没有研究文件；请用 --study 指明，或用 --no-inputs 跳过`;
    case 'program':
      return isEnglish
        ? `made by another ${name}: ${difference.before || 'unknown'}, here ${difference.now}`
        : `由另一版本的${name}生成：${difference.before || '未知'}，此处为${difference.now}`;
  }
}

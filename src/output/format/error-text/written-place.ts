import type { ErrorDetail } from '../../../error/codes.ts';
import type { RefusedTarget } from '../../../error/written-place.ts';
import type { Language } from '../text-key.ts';
import { counted, numberText as n, shortList } from './contract.ts';

type Refused = ErrorDetail<'output-refused'>;
type Words = Readonly<Record<Language, (files: string, d: Refused) => string>>;

/** Names of files that a sentence holds. */
const shownFiles = 5;

/** Why a place is not written to, and what to do. */
const reasons: Readonly<Record<RefusedTarget, Words>> = {
  empty: { en: () => 'it is empty. Name a file or folder.', zh: () => '没有写出名称。请写出文件或文件夹。' },
  system: {
    en: () =>
      'it is a device or belongs to the system. Name a plain file or folder; what is printed without it can be redirected.',
    zh: () => '它是设备，或属于系统。请写普通文件或文件夹；不加该选项时的输出可以重定向。',
  },
  repository: {
    en: () => 'it is the root of a repository, or inside .git. Name a folder below the root.',
    zh: () => '它是版本库的根目录，或在.git之内。请写根目录下的一个文件夹。',
  },
  input: {
    en: (files) => `${files} is read by this command. Name another file.`,
    zh: (files) => `本命令要读取${files}。请另写一个文件。`,
  },
  folder: { en: () => 'it is a folder. Name a file.', zh: () => '它是文件夹。请写文件名。' },
  special: {
    en: () => 'it is a pipe or a socket, and results are written whole or not at all. Name a plain file.',
    zh: () => '它是管道或套接字，而结果要么完整写出，要么不写。请写普通文件。',
  },
  protected: {
    en: () => 'it is write-protected. Take the protection away, or name another file.',
    zh: () => '它设有写保护。请去掉写保护，或另写一个文件。',
  },
  'of-run': {
    en: (files) => `it is a result of the run in ${files}, whose manifest vouches for it. Name another file.`,
    zh: (files) => `它是${files}中那次运行的结果，该处的清单为其作证。请另写一个文件。`,
  },
  file: { en: () => 'it is a file. Name a folder.', zh: () => '它是文件。请写文件夹。' },
  root: {
    en: () => 'it is the root of the disk. Name a folder below it.',
    zh: () => '它是磁盘的根目录。请写其下的文件夹。',
  },
  home: { en: () => 'it is your home folder. Name a folder in it.', zh: () => '它是用户主目录。请写其中的文件夹。' },
  'holds-input': {
    en: (files) => `it holds ${files}, which this command reads. Name a folder of its own for the results.`,
    zh: (files) => `其中有本命令要读取的${files}。请为结果另写一个文件夹。`,
  },
  'in-input': {
    en: (files) => `it lies in ${files}, where this command reads every table. Name a folder outside.`,
    zh: (files) => `它在${files}之内，而本命令读取该处的每个数据表。请写其外的文件夹。`,
  },
  foreign: {
    en: (files) => `it holds files that Kaya did not make: ${files}. Name a new folder, or an empty one.`,
    zh: (files) => `其中有不是Kaya生成的文件：${files}。请写新的或空的文件夹。`,
  },
  'in-the-way': {
    en: (files) =>
      `in it are files that Kaya did not make and would replace: ${files}. Nothing was written. Move them away, or name them with --replace.`,
    zh: (files) =>
      `其中有不是Kaya生成、却会被替换的文件：${files}。没有写入任何文件。请将其移走，或用--replace写出其名称。`,
  },
  changed: {
    en: (files) =>
      `in it are files that were changed since Kaya made them: ${files}. Nothing was written. Move them away to keep them, or name them with --replace.`,
    zh: (files) =>
      `其中有在Kaya生成之后被改动的文件：${files}。没有写入任何文件。如要保留请将其移走，否则请用--replace写出其名称。`,
  },
};

/** The sentence about a place that is kept from being written to. */
export function refusedText(d: Refused, language: Language): string {
  const files =
    language === 'en'
      ? shortList(d.files, ', ', (left) => ` and ${left} more`, shownFiles)
      : shortList(d.files, '、', (left) => `等（另有${left}个）`, shownFiles);
  const why = reasons[d.why][language](files, d);
  return language === 'en' ? `${d.option} does not take "${d.path}": ${why}` : `${d.option}不接受“${d.path}”：${why}`;
}

/** Another run is at a folder: which, since when, and what can be done. */
export function inUseText(d: ErrorDetail<'folder-in-use'>, language: Language): string {
  const { minutes, seconds } = ageOf(d.age);
  if (language === 'en') {
    const age = minutes > 0 ? counted(minutes, 'minute') : counted(seconds, 'second');
    const who = `process ${d.pid} on ${d.host} ("${d.command}") since ${d.since}, ${age} ago`;
    return d.isElsewhere
      ? `${d.path} is in use by ${who}. That machine cannot be asked from here. When no Kaya runs there any more, remove ${d.lock} and run again.`
      : `${d.path} is in use by ${who}. Run again when it has ended, or with --wait SECONDS, or choose another folder.`;
  }
  const age = minutes > 0 ? `${n(minutes)}分钟前` : `${n(seconds)}秒前`;
  const who = `${d.host}上的进程${d.pid}（“${d.command}”）自${d.since}（${age}）起正在使用${d.path}`;
  return d.isElsewhere
    ? `${who}。从这里无法查询那台机器。确认那里不再有Kaya运行后，请删除${d.lock}再运行。`
    : `${who}。请等其结束后再运行，或加--wait秒数，或另选文件夹。`;
}

function ageOf(age: number): { minutes: number; seconds: number } {
  return { minutes: Math.floor(age / 60), seconds: age };
}

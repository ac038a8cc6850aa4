import type { ErrorDetail } from '../../../error/codes.ts';
import type { MachineFault } from '../../../error/machine-fault.ts';
import type { Language } from '../text-key.ts';

interface Words {
  readonly wrong: string;
  readonly next: string;
}

const words: Readonly<Record<MachineFault, Readonly<Record<Language, Words>>>> = {
  'disk-full': {
    en: {
      wrong: 'the disk is full',
      next: 'Free some space, or write to another disk (TMPDIR for what is temporary).',
    },
    zh: { wrong: '磁盘已满', next: '请腾出空间，或写到其他磁盘（临时文件由TMPDIR指定）。' },
  },
  'file-limit': {
    en: { wrong: 'the file grew beyond the size that is allowed here', next: 'Raise the limit (ulimit -f).' },
    zh: { wrong: '文件超过了此处允许的大小', next: '请提高上限（ulimit -f）。' },
  },
  'read-only': {
    en: { wrong: 'the file system can only be read', next: 'Write to another place.' },
    zh: { wrong: '该文件系统只读', next: '请写到其他位置。' },
  },
  'no-permission': {
    en: { wrong: 'permissions do not allow it', next: 'Change the permissions, or name another place.' },
    zh: { wrong: '没有权限', next: '请修改权限，或另选位置。' },
  },
  'too-many-files': {
    en: { wrong: 'no more files can be opened', next: 'Close other programs, or raise the limit (ulimit -n).' },
    zh: { wrong: '无法再打开文件', next: '请关闭其他程序，或提高上限（ulimit -n）。' },
  },
  'too-many-threads': {
    en: {
      wrong: 'no more threads can be started',
      next: 'Ask for fewer (--threads 1), or raise the limit (ulimit -u).',
    },
    zh: { wrong: '无法再启动线程', next: '请减少线程（--threads 1），或提高上限（ulimit -u）。' },
  },
  memory: {
    en: {
      wrong: 'there is not enough memory',
      next: 'Ask for less at once: fewer columns, models or threads (--threads 1).',
    },
    zh: { wrong: '内存不足', next: '请一次少做一些：减少列、模型或线程（--threads 1）。' },
  },
  gone: {
    en: {
      wrong: 'a file or folder is not there',
      next: 'Check the path; where none is named, see that TMPDIR names a folder.',
    },
    zh: { wrong: '文件或文件夹不存在', next: '请检查路径；未写出路径时，请确认TMPDIR指向一个文件夹。' },
  },
  'not-a-folder': {
    en: { wrong: 'a part of the path is a file, not a folder', next: 'Name another place.' },
    zh: { wrong: '路径中有一部分是文件而不是文件夹', next: '请另选位置。' },
  },
  'is-folder': {
    en: { wrong: 'it is a folder, not a file', next: 'Name a file.' },
    zh: { wrong: '这是文件夹而不是文件', next: '请写出文件名。' },
  },
  'long-name': {
    en: { wrong: 'the name is longer than the file system takes', next: 'Choose a shorter one.' },
    zh: { wrong: '名称超过文件系统允许的长度', next: '请换一个较短的名称。' },
  },
  'link-loop': {
    en: { wrong: 'symbolic links lead round in a circle', next: 'Mend the links.' },
    zh: { wrong: '符号链接循环', next: '请修正链接。' },
  },
  'in-use': {
    en: { wrong: 'another program is using it', next: 'Close that program, then run again.' },
    zh: { wrong: '其他程序正在使用', next: '请关闭该程序后重试。' },
  },
  device: {
    en: {
      wrong: 'the device does not take this or has failed',
      next: 'Name a plain file or folder, on another disk perhaps.',
    },
    zh: { wrong: '设备不支持此操作或已出错', next: '请使用普通文件或文件夹，或换一个磁盘。' },
  },
  nesting: {
    en: {
      wrong: 'something is nested more deeply than can be followed',
      next: 'Write it with fewer brackets or levels within each other.',
    },
    zh: { wrong: '嵌套过深', next: '请减少括号或层级的嵌套。' },
  },
};

/** What the machine lacks or forbids, where, and the next step. */
export function machineText({ kind, path }: ErrorDetail<'machine-refused'>, language: Language): string {
  const { wrong, next } = words[kind][language];
  if (language === 'en') return `${path === null ? 'The machine cannot go on' : path}: ${wrong}. ${next}`;
  return `${path === null ? '无法继续' : path}：${wrong}。${next}`;
}

import type { TextKey } from './text-key.ts';

/** Fixed words of the program, Simplified Chinese. */
export const zh: Readonly<Record<TextKey, string>> = {
  yes: '是',
  no: '否',
  synthetic: '合成数据',
};

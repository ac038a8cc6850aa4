import type { wordsEn } from '../en/words.ts';

/** Words and lists used everywhere, Simplified Chinese. */
export const wordsZh: Readonly<Record<keyof typeof wordsEn, string>> = {
  yes: '是',
  no: '否',
  omitted: '略去',
  synthetic: '合成数据',
  'synthetic.note': '合成数据：按论文的描述模拟生成，并以其刊出的表格校准；不是作者的数据，也不是对论文的复现。',
  'stars.own': '，星号按各自的p值标注',
  'stars.legend': '；{marks}分别表示在{levels}的水平上显著',
  'stars.legend_percent': '；{marks}分别表示在{levels}的水平上显著',
  'list.and': '{first}和{second}',
  'list.space': '{first} {second}',
  'list.comma': '{first}、{second}',
  'list.semicolon': '{first}；{second}',
};

import { publishedStyle } from '../number-style.ts';
import type { HouseStyle } from './contract.ts';

/** The empirical literature on China: t in parentheses, three decimals, three levels of stars. */
export const chineseEconomics = {
  id: 'chinese-economics',
  name: { en: 'Empirical papers in Chinese economics', zh: '中国经济实证文献' },
  numbers: publishedStyle,
  caption: { en: 'Table {number}. {title}', zh: '表{number} {title}' },
  notesLead: { en: 'Note: ', zh: '注：' },
  rules: 'single',
  models: {
    below: ['t'],
    fit: ['nobs', 'r2_within'],
    observations: { en: 'Obs', zh: '观测值' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 10.5 },
} as const satisfies HouseStyle;

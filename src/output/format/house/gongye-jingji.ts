import { publishedStyle } from '../number-style.ts';
import type { HouseStyle } from './contract.ts';

/** 《中国工业经济》: robust or clustered errors in parentheses, four decimals, adjusted R², the number of rows as N. */
export const gongyeJingji = {
  id: 'gongye-jingji',
  name: { en: 'China Industrial Economics', zh: '《中国工业经济》' },
  numbers: {
    ...publishedStyle,
    legend: 'percent',
    decimals: { estimate: 4, statistic: 4, number: 4, p: 3 },
    thousands: '',
    missing: '',
  },
  caption: { en: 'Table {number} {title}', zh: '表{number} {title}' },
  notesLead: { en: 'Note: ', zh: '注：' },
  rules: 'single',
  models: {
    below: ['se'],
    fit: ['nobs', 'r2_adj'],
    observations: { en: 'N', zh: 'N' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 9 },
} as const satisfies HouseStyle;

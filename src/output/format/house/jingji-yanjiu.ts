import { publishedStyle } from '../number-style.ts';
import type { HouseStyle } from './contract.ts';

/** 《经济研究》: standard errors in parentheses, four decimals, the levels of the stars in percent, strictest first. */
export const jingjiYanjiu = {
  id: 'jingji-yanjiu',
  name: { en: 'Economic Research Journal (Jingji Yanjiu)', zh: '《经济研究》' },
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
    fit: ['nobs', 'r2'],
    observations: { en: 'Observations', zh: '观测值' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 9 },
} as const satisfies HouseStyle;

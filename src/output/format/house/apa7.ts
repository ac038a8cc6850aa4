import { publishedStyle } from '../number-style.ts';
import type { HouseStyle } from './contract.ts';

/**
 * American Psychological Association, 7th edition: the number in bold and the title in italics below it, two decimals, no zero before the
 * point of p and R², stars at 0.05, 0.01, 0.001.
 */
export const apa7 = {
  id: 'apa7',
  name: { en: 'APA, 7th edition', zh: 'APA 第 7 版' },
  numbers: {
    ...publishedStyle,
    decimals: { estimate: 2, statistic: 2, number: 2, p: 3 },
    missing: '\u2014',
    hasZeroOfShares: false,
    stars: [
      { below: 0.001, mark: '***' },
      { below: 0.01, mark: '**' },
      { below: 0.05, mark: '*' },
    ],
  },
  caption: { en: 'Table {number} {title}', zh: '表{number} {title}' },
  numberAlone: { en: 'Table {number}', zh: '表{number}' },
  notesLead: { en: 'Note. ', zh: '注：' },
  rules: 'single',
  models: {
    below: ['se'],
    fit: ['nobs', 'r2'],
    observations: { en: 'N', zh: 'N' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 12 },
} as const satisfies HouseStyle;

import { publishedStyle } from '../number-style.ts';
import type { HouseStyle } from './contract.ts';

/** Frontiers: `TABLE 1` in capitals, a title in plain type, t in parentheses as its economics papers have it. */
export const frontiers = {
  id: 'frontiers',
  name: { en: 'Frontiers', zh: 'Frontiers 系列期刊' },
  numbers: { ...publishedStyle, legend: 'percent' },
  caption: { en: 'TABLE {number} {title}', zh: '表{number} {title}' },
  notesLead: { en: '', zh: '' },
  rules: 'single',
  models: {
    below: ['t'],
    fit: ['nobs', 'r2'],
    observations: { en: 'Observations', zh: '观测值' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 10 },
} as const satisfies HouseStyle;

import { publishedStyle } from '../number-style.ts';
import type { HouseStyle } from './contract.ts';

/** Quarterly Journal of Economics: Roman figures, double rules, standard errors in parentheses, three levels of stars. */
export const qje = {
  id: 'qje',
  name: { en: 'Quarterly Journal of Economics', zh: '《经济学季刊》（QJE）' },
  numbers: { ...publishedStyle, legend: 'percent', missing: '' },
  caption: { en: 'TABLE {roman} {TITLE}', zh: '表{roman} {title}' },
  notesLead: { en: 'Notes. ', zh: '注：' },
  rules: 'double',
  models: {
    below: ['se'],
    fit: ['nobs', 'r2_adj'],
    observations: { en: 'Observations', zh: '观测值' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 10 },
} as const satisfies HouseStyle;

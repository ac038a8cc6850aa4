import { publishedStyle } from '../number-style.ts';
import { noStars } from '../stars.ts';
import type { HouseStyle } from './contract.ts';

/** Econometrica: tables in Roman figures with a title in capitals, standard errors in parentheses, no stars. */
export const econometrica = {
  id: 'econometrica',
  name: { en: 'Econometrica', zh: '《计量经济学》' },
  numbers: { ...publishedStyle, legend: 'percent', stars: noStars, missing: '' },
  caption: { en: 'TABLE {roman} {TITLE}', zh: '表{roman} {title}' },
  notesLead: { en: 'Note: ', zh: '注：' },
  rules: 'double',
  models: {
    below: ['se'],
    fit: ['nobs', 'r2'],
    observations: { en: 'Observations', zh: '观测值' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 10 },
} as const satisfies HouseStyle;

import { publishedStyle } from '../number-style.ts';
import { noStars } from '../stars.ts';
import type { HouseStyle } from './contract.ts';

/** American Economic Review: standard errors in parentheses, no stars, `Table 1—Title`. */
export const aer = {
  id: 'aer',
  name: { en: 'American Economic Review', zh: '《美国经济评论》' },
  numbers: { ...publishedStyle, legend: 'percent', stars: noStars, missing: '' },
  caption: { en: 'Table {number}\u2014{title}', zh: '表{number}\u2014{title}' },
  notesLead: { en: 'Notes: ', zh: '注：' },
  rules: 'single',
  models: {
    below: ['se'],
    fit: ['nobs', 'r2'],
    observations: { en: 'Observations', zh: '观测值' },
  },
  type: { latin: 'Times New Roman', han: 'SimSun', points: 10 },
} as const satisfies HouseStyle;

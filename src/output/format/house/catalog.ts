import { aer } from './aer.ts';
import { apa7 } from './apa7.ts';
import { chineseEconomics } from './chinese-economics.ts';
import type { HouseStyle } from './contract.ts';
import { econometrica } from './econometrica.ts';
import { frontiers } from './frontiers.ts';
import { gongyeJingji } from './gongye-jingji.ts';
import { jingjiYanjiu } from './jingji-yanjiu.ts';
import { qje } from './qje.ts';

/** Every house style, in the order of the docs. */
export const houseStyles = [
  chineseEconomics,
  aer,
  econometrica,
  qje,
  frontiers,
  apa7,
  jingjiYanjiu,
  gongyeJingji,
] as const satisfies readonly HouseStyle[];

export type HouseName = (typeof houseStyles)[number]['id'];

export const houseNames = houseStyles.map(({ id }) => id);

/** The style of a name; null for none. */
export function houseStyleOf(name: string): HouseStyle | null {
  return houseStyles.find(({ id }) => id === name) ?? null;
}

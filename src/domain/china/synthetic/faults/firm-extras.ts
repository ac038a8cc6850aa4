import type { RandomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import {
  brandFirst,
  brandSecond,
  decoyTrades,
  denials,
  keywordTraps,
  keywordUses,
  latinWords,
  plainPhrases,
  syntheticMark,
  traditionalKeywords,
} from '../raw/firm-words.ts';
import { madeUpCode } from '../raw/made-up-code.ts';
import type { FirmCells, FirmContext } from './firm-changes.ts';
import type { FirmExtraKind } from './firm-key.ts';

/** A row that no count may hold, out of the row of a firm whose place and date it takes. */
export type FirmExtra = (
  cells: FirmCells,
  context: FirmContext & { readonly keywords: readonly string[] },
) => FirmCells | null;

export const firmExtras: Readonly<Record<FirmExtraKind, FirmExtra>> = {
  // With a keyword, and a date that cannot be.
  'date-future': (cells, context) => {
    const founded = pickOne(['2099-01-01', '2055/7/1', '20880808', '9999-12-31'], context.random);
    return { ...rowLike(cells, context, withKeyword(context)), founded };
  },
  'date-ancient': (cells, context) => {
    const founded = pickOne(['1900-01-01', '1899-12-30', '1911/10/10', '00010101', '1937年7月7日'], context.random);
    return { ...rowLike(cells, context, withKeyword(context)), founded };
  },
  // Counted or not as the study says; without a keyword they never are.
  branch: (cells, context) => {
    const row = rowLike(cells, context, pickOne(plainPhrases, context.random));
    return { ...row, name: `${row.name}${context.city.replace(/市$/, '')}分公司`, type: '有限责任公司分公司' };
  },
  individual: (cells, context) => {
    const row = rowLike(cells, context, pickOne(plainPhrases, context.random));
    return {
      ...row,
      name: row.name.replace('有限公司', '经营部'),
      uscc: madeUpCode(context.code, context.serial, 2),
      type: '个体工商户',
      capital: '-',
    };
  },
  // Near a keyword, and none.
  traditional: (cells, context) =>
    rowLike(cells, context, `${pickOne(traditionalKeywords, context.random)}技術開發；電子產品銷售`),
  'keyword-trap': (cells, context) => {
    const traps = keywordTraps.filter(([keyword]) => context.keywords.includes(keyword));
    return traps.length === 0 ? null : rowLike(cells, context, pickOne(traps, context.random)[1]);
  },
  'latin-inside': (cells, context) =>
    rowLike(
      cells,
      context,
      `${pickOne(latinWords, context.random)}电子产品销售；${pickOne(latinWords, context.random)}`,
    ),
  negation: (cells, context) => {
    const [before, after] = pickOne(denials, context.random);
    return rowLike(cells, context, `${before}${pickOne(context.keywords, context.random)}${after}`);
  },
  'keyword-split': (cells, context) => {
    const keyword = pickOne(context.keywords, context.random);
    const at = Math.floor(keyword.length / 2);
    const separator = pickOne(['、', '；', '，', ',', ' ', '。', '\n'], context.random);
    return rowLike(cells, context, `${keyword.slice(0, at)}${separator}${keyword.slice(at)}`);
  },
};

/** A row of a firm of its own: code, name and scope are new. */
function rowLike(cells: FirmCells, context: FirmContext, phrase: string): FirmCells {
  const { random, code, city, serial } = context;
  const brand = `${pickOne(brandFirst, random)}${pickOne(brandSecond, random)}`;
  return {
    ...cells,
    name: `${city.replace(/市$/, '')}${brand}${syntheticMark}${pickOne(decoyTrades, random)}有限公司`,
    former: '',
    uscc: madeUpCode(code, serial),
    scope: `${pickOne(plainPhrases, random)}；${phrase}`,
  };
}

function withKeyword({ random, keywords }: { random: RandomStream; keywords: readonly string[] }): string {
  return `${pickOne(keywords, random)}${pickOne(keywordUses, random)}`;
}

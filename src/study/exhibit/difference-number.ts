import type { WaldTest } from '../../model/result/after-fit.ts';
import type { DifferenceLine, DifferencePair, GroupDifferences } from '../../model/result/differences.ts';
import type { PublishedNumber } from '../language/published.ts';

type Numbers = Readonly<Record<string, number | null | undefined>>;

/**
 * The number obtained in place of a printed one. Its term is a difference of two models, `east - west` (either way round), a model (its
 * slope), `all` (one slope in all), or an order as the table has it; its cell `estimate`, `se`, `stat`, `p`, `p_holm`, `nobs`, `f`, `chi2`,
 * `probability`, with `chow_`, `suest_` or `permute_` before it where the table compares in several ways. Without, the first way that
 * has the number.
 */
export function differenceNumber(
  made: GroupDifferences,
  { term, cell }: Pick<PublishedNumber, 'term' | 'cell'>,
): number | null {
  return numbersOf(made, term.replace(/\u2212/g, '-').trim())?.[cell] ?? null;
}

function numbersOf({ groups, pairs, joint, orders, methods }: GroupDifferences, term: string): Numbers | null {
  const group = groups.find(({ model }) => model === term);
  if (group !== undefined) return { estimate: group.estimate, se: group.se, p: group.p, nobs: group.nobs };
  const order = orders.find(({ text }) => text === term);
  if (order !== undefined) return { probability: order.probability, p: order.p };
  const byWay = (of: Readonly<Record<(typeof methods)[number], Numbers | null>>): Numbers => {
    const ways = methods.map((method) => [method, of[method] ?? {}] as const);
    const named = ways.flatMap(([method, own]) =>
      Object.entries(own).map(([name, value]) => [`${method}_${name}`, value] as const),
    );
    const first = [...ways].reverse().flatMap(([, own]) => Object.entries(own));
    return Object.fromEntries([...named, ...first]);
  };
  if (term === 'all') {
    const { chow, suest, permute } = joint;
    const own = permute && { p: permute.p };
    return byWay({ chow: waldOf(chow), suest: waldOf(suest), permute: own });
  }
  for (const pair of pairs) {
    const sign = signOf(pair, term);
    if (sign === null) continue;
    const { chow, suest, permute, estimate } = pair;
    const own = permute && { p: permute.p, p_holm: permute.p_holm };
    return {
      ...byWay({ chow: lineOf(chow, sign), suest: lineOf(suest, sign), permute: own }),
      estimate: sign * estimate,
    };
  }
  return null;
}

/** 1 where a text names a pair as it is, -1 the other way round. */
function signOf({ model, base }: DifferencePair, text: string): 1 | -1 | null {
  if (text === `${model} - ${base}`) return 1;
  return text === `${base} - ${model}` ? -1 : null;
}

function lineOf(line: DifferenceLine | null, sign: 1 | -1): Numbers | null {
  if (line === null) return null;
  const { se, stat, p, p_holm } = line;
  return { se, stat: stat === null ? null : sign * stat, p, p_holm };
}

function waldOf(test: WaldTest | null): Numbers | null {
  return test === null ? null : { f: test.f, chi2: test.chi2, p: test.p };
}

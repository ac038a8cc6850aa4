/**
 * Adjusted p-values from p-values alone, as R's `p.adjust` defines them; null stays null and counts for nothing.
 * With p_(1) <= … <= p_(m) and cumulated so that they do not fall (rise, for the false discovery rate):
 * Bonferroni m p; Holm (1979) (m - k + 1) p_(k); Benjamini and Hochberg (1995) (m / k) p_(k); Benjamini and Yekutieli (2001) that times
 * the sum of 1 / j, j up to m.
 */
export function adjustPlain(
  method: 'bonferroni' | 'holm' | 'bh' | 'by',
  p: readonly (number | null)[],
): readonly (number | null)[] {
  const order = p.flatMap((value, at) => (value === null ? [] : [{ value, at }])).sort((a, b) => a.value - b.value);
  const m = order.length;
  const out: (number | null)[] = p.map(() => null);
  const put = (k: number, value: number): void => {
    out[order[k].at] = Math.min(1, value);
  };
  switch (method) {
    case 'bonferroni':
      order.forEach(({ value }, k) => {
        put(k, m * value);
      });
      return out;
    case 'holm': {
      let least = 0;
      order.forEach(({ value }, k) => {
        least = Math.max(least, (m - k) * value);
        put(k, least);
      });
      return out;
    }
    case 'bh':
    case 'by': {
      const scale = method === 'bh' ? 1 : order.reduce((sum, _, k) => sum + 1 / (k + 1), 0);
      let most = 1;
      for (let k = m - 1; k >= 0; k--) {
        most = Math.min(most, (scale * m * order[k].value) / (k + 1));
        put(k, most);
      }
      return out;
    }
  }
}

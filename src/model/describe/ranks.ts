/** Ranks from 1; equal values share the mean of theirs. @param values n, none missing */
export function midRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let end = from + 1;
    while (end < order.length && values[order[end] ?? -1] === values[order[from] ?? -1]) end++;
    for (let k = from; k < end; k++) ranks[order[k] ?? -1] = (from + 1 + end) / 2;
    from = end;
  }
  return ranks;
}

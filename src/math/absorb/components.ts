/**
 * Number of connected components of the graph whose edges are the rows (a level of `a` joined to a level of `b`); every level
 * occurs. Each component has levels of both, so it is enough to join those of the smaller group that meet in one of the other:
 * where effects are well connected, that ends after few rows.
 */
export function componentCount(a: Int32Array, aCount: number, b: Int32Array, bCount: number): number {
  return aCount < bCount ? joinedLevels(b, bCount, a, aCount) : joinedLevels(a, aCount, b, bCount);
}

/** Components of the levels of `b`, two of which are joined where they meet in a level of `a`. */
function joinedLevels(a: Int32Array, aCount: number, b: Int32Array, bCount: number): number {
  const parent = new Int32Array(bCount);
  for (let v = 0; v < bCount; v++) parent[v] = v;
  // The first level of b that each level of a met.
  const met = new Int32Array(aCount).fill(-1);
  let count = bCount;
  for (let i = 0; i < a.length && count > 1; i++) {
    const known = met[a[i]];
    if (known === -1) {
      met[a[i]] = b[i];
      continue;
    }
    if (known === b[i]) continue;
    const left = rootOf(parent, known);
    const right = rootOf(parent, b[i]);
    if (left === right) continue;
    parent[Math.max(left, right)] = Math.min(left, right);
    count -= 1;
  }
  return count;
}

/** The root of `v`, halving the path on the way. */
function rootOf(parent: Int32Array, v: number): number {
  let node = v;
  while (parent[node] !== node) {
    parent[node] = parent[parent[node]];
    node = parent[node];
  }
  return node;
}

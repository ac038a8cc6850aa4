/** Number of connected components of the graph whose edges are the rows (a level of `a` joined to a level of `b`). */
export function componentCount(a: Int32Array, aCount: number, b: Int32Array, bCount: number): number {
  const parent = new Int32Array(aCount + bCount);
  for (let v = 0; v < parent.length; v++) parent[v] = v;
  let count = parent.length;
  for (let i = 0; i < a.length; i++) {
    const left = rootOf(parent, a[i]);
    const right = rootOf(parent, aCount + b[i]);
    if (left !== right) {
      parent[Math.max(left, right)] = Math.min(left, right);
      count -= 1;
    }
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

/** Number of connected components of the graph whose edges are the rows (a level of `a` joined to a level of `b`). */
export function componentCount(a: Int32Array, aCount: number, b: Int32Array, bCount: number): number {
  const parent = new Int32Array(aCount + bCount);
  for (let v = 0; v < parent.length; v++) parent[v] = v;
  let count = parent.length;
  let left = 0;
  for (let i = 0; i < a.length && count > 1; i++) {
    // Rows of one level often follow each other: its root is known.
    if (i === 0 || a[i] !== a[i - 1]) left = rootOf(parent, a[i]);
    const right = rootOf(parent, aCount + b[i]);
    if (left === right) continue;
    parent[Math.max(left, right)] = Math.min(left, right);
    left = Math.min(left, right);
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

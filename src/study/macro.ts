/** A name in a formula with `..` before it. */
export const macroPattern = /\.\.([A-Za-z][A-Za-z0-9_]*)/g;

const listing = new Set(['sw', 'sw0', 'csw', 'csw0', 'c', 'mvsw']);

/**
 * Writes the lists of `variables` into a formula: `csw0(..controls)` becomes `csw0(pop, ope)`, anywhere else `..controls`
 * becomes `pop + ope`. Unknown names stay as they are.
 */
export function expandMacros(formula: string, variables: Readonly<Record<string, readonly string[]>>): string {
  return formula.replace(macroPattern, (written: string, name: string, offset: number) => {
    const members = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (members === undefined) return written;
    return members.join(listing.has(functionAround(formula, offset)) ? ', ' : ' + ');
  });
}

/** Name of the innermost call that is open at `offset`; empty outside of calls. */
function functionAround(formula: string, offset: number): string {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    if (formula[i] === ')') depth++;
    else if (formula[i] === '(' && depth-- === 0) return /[A-Za-z0-9_]*$/.exec(formula.slice(0, i))?.[0] ?? '';
  }
  return '';
}

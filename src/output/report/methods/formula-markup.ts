import { escapeMarkup } from '../../document/table/escape.ts';

/*
 * Formulas in a notation of a few signs: `_{}` and `^{}` below and above what stands before them, `\frac{}{}`, `\sqrt{}`, `\hat{}`,
 * `\tilde{}`, `\bar{}`, and words between quotes. Printed as MathML, which browsers draw without a library, and as plain text.
 */

type Node =
  | { readonly kind: 'letter' | 'number' | 'sign' | 'word'; readonly text: string }
  | { readonly kind: 'row'; readonly nodes: readonly Node[] }
  | { readonly kind: 'fraction'; readonly above: Node; readonly below: Node }
  | { readonly kind: 'root'; readonly of: Node }
  | { readonly kind: 'accent'; readonly sign: string; readonly of: Node }
  | { readonly kind: 'scripted'; readonly base: Node; readonly sub: Node | null; readonly sup: Node | null };

const accents: Readonly<Record<string, string>> = { hat: '^', tilde: '~', bar: '¯' };

/** A formula as MathML. @throws TypeError where it cannot be read */
export function mathMarkup(formula: string): string {
  return `<math display="block">${markup(parsed(formula))}</math>`;
}

/** A formula as plain text: `V = c (X′X)^-1`. @throws TypeError where it cannot be read */
export function plainFormula(formula: string): string {
  return plain(parsed(formula))
    .replace(/\s+/g, ' ')
    .replace(/\s*,\s*/g, ', ')
    .trim();
}

function parsed(formula: string): Node {
  const tokens = formula.match(/\\[a-z]+|"[^"]*"|\p{L}|\d+(?:\.\d+)?|\S/gu) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new TypeError(`a formula that cannot be read: ${formula}`);
  };
  const row = (end: string | null): Node => {
    const nodes: Node[] = [];
    for (; at < tokens.length && tokens[at] !== end; ) nodes.push(scripted());
    if (end !== null && tokens[at] !== end) fail();
    at += end === null ? 0 : 1;
    const [only] = nodes;
    return nodes.length === 1 && only !== undefined ? only : { kind: 'row', nodes };
  };
  const group = (): Node => {
    if (tokens[at] !== '{') return fail();
    at += 1;
    return row('}');
  };
  const atom = (): Node => {
    const token = tokens[at] ?? fail();
    if (token === '{') return group();
    at += 1;
    if (token.startsWith('\\')) {
      const name = token.slice(1);
      if (name === 'frac') {
        const above = group();
        return { kind: 'fraction', above, below: group() };
      }
      if (name === 'sqrt') return { kind: 'root', of: group() };
      return { kind: 'accent', sign: accents[name] ?? fail(), of: group() };
    }
    if (token.startsWith('"')) return { kind: 'word', text: token.slice(1, -1) };
    if (/^\d/.test(token)) return { kind: 'number', text: token };
    return { kind: /^\p{L}$/u.test(token) ? 'letter' : 'sign', text: token };
  };
  const scripted = (): Node => {
    const base = atom();
    let [sub, sup]: [Node | null, Node | null] = [null, null];
    for (; tokens[at] === '_' || tokens[at] === '^'; ) {
      const isSub = tokens[at] === '_';
      at += 1;
      if (isSub) sub = group();
      else sup = group();
    }
    return sub === null && sup === null ? base : { kind: 'scripted', base, sub, sup };
  };
  return row(null);
}

function markup(node: Node): string {
  switch (node.kind) {
    case 'letter':
      return `<mi>${escapeMarkup(node.text)}</mi>`;
    case 'number':
      return `<mn>${escapeMarkup(node.text)}</mn>`;
    case 'sign':
      return `<mo>${escapeMarkup(node.text === '-' ? '−' : node.text)}</mo>`;
    case 'word':
      return `<mi mathvariant="normal">${escapeMarkup(node.text)}</mi>`;
    case 'row':
      return `<mrow>${node.nodes.map(markup).join('')}</mrow>`;
    case 'fraction':
      return `<mfrac>${markup(node.above)}${markup(node.below)}</mfrac>`;
    case 'root':
      return `<msqrt>${markup(node.of)}</msqrt>`;
    case 'accent':
      return `<mover accent="true">${markup(node.of)}<mo>${node.sign}</mo></mover>`;
    case 'scripted': {
      const { base, sub, sup } = node;
      if (sub === null) return `<msup>${markup(base)}${sup === null ? '' : markup(sup)}</msup>`;
      if (sup === null) return `<msub>${markup(base)}${markup(sub)}</msub>`;
      return `<msubsup>${markup(base)}${markup(sub)}${markup(sup)}</msubsup>`;
    }
  }
}

const spaced = /^[=≤≥<>~≠∈·+]$/;

function plain(node: Node): string {
  switch (node.kind) {
    case 'letter':
    case 'number':
    case 'word':
      return node.text;
    case 'sign':
      return spaced.test(node.text) ? ` ${node.text} ` : node.text;
    case 'row':
      return node.nodes.map(plain).join('');
    case 'fraction':
      return `${held(node.above)} / ${held(node.below)} `;
    case 'root':
      return `sqrt(${plain(node.of)})`;
    case 'accent':
      return `${plain(node.of)}${node.sign}`;
    case 'scripted':
      return `${plain(node.base)}${node.sub === null ? '' : `_${held(node.sub)}`}${node.sup === null ? '' : `^${held(node.sup)}`}`;
  }
}

/** Between brackets where it is more than one sign. */
function held(node: Node): string {
  const text = plain(node);
  return node.kind === 'row' && !/^-?\w+$/u.test(text) ? `(${text.trim()})` : text;
}

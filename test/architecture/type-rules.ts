import ts from 'typescript';
import type { Finding } from './file-rules.ts';
import type { SourceFile } from './tree.ts';

/** Where text becomes a value of JSON; whoever asks it holds what comes to a schema. */
export const jsonReader = 'src/table/json-text.ts';

/** The program itself: neither its tests nor what only they use. */
export function isProgram(path: string): boolean {
  return path.startsWith('src/') && !path.endsWith('.test.ts') && !path.includes('/testing/');
}

/** Words that a comment needs to be a reason. */
const leastWords = 3;

/** What may be a cast or a `!`, before the file is parsed, which takes long: most files have none. */
const suspect = /\bas (?!const\b)|[\w)\]]!(?!=)|<[A-Z]\w*>\w/;

function isSuspect(text: string): boolean {
  return text
    .split('\n')
    .some((line) => suspect.test(line) && !isComment(line) && !/^(?:import|export) [{*]/.test(line));
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/?\*)/.test(line);
}

/**
 * Casts (other than `as const`) and `!` without a reason beside: a comment with `//` in one of their lines, or right above them or
 * the statement that they are in.
 */
export function unreasonedCasts(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path, text }) => isProgram(path) && isSuspect(text))
    .flatMap(({ path, text }) => {
      const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      const lines = text.split('\n');
      const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
      const found: Finding[] = [];
      const visit = (node: ts.Node): void => {
        if (isCast(node)) {
          const [first, last] = [lineAt(node.getStart(source)), lineAt(node.getEnd())];
          const above = lineAt(statementOf(node).getStart(source));
          const inside = lines.slice(first, last + 1).some((line) => isReason(/(?<=\s\/\/ ).*$/.exec(line)?.[0] ?? ''));
          if (!inside && !isReason(commentAbove(lines, first)) && !isReason(commentAbove(lines, above)))
            found.push({ path, line: lineAt(castPlace(node)) + 1, what: castText(node, source) });
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
}

type Cast = ts.AsExpression | ts.TypeAssertion | ts.NonNullExpression;

/** The outer one of `x as unknown as T` stands for both. */
function isCast(node: ts.Node): node is Cast {
  if (ts.isNonNullExpression(node)) return true;
  if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return false;
  return !ts.isConstTypeReference(node.type) && !(ts.isAsExpression(node.parent) && node.parent.expression === node);
}

function castPlace(node: Cast): number {
  return ts.isNonNullExpression(node) ? node.getEnd() : node.type.getStart();
}

function castText(node: Cast, source: ts.SourceFile): string {
  return ts.isNonNullExpression(node) ? `${node.getText(source)}` : `as ${node.type.getText(source)}`;
}

function statementOf(node: ts.Node): ts.Node {
  let found = node;
  while (!ts.isStatement(found) && found.parent !== undefined) found = found.parent;
  return found;
}

/** The comment that ends right above a line. */
function commentAbove(lines: readonly string[], line: number): string {
  return /^\s*\/\/ (.*)$/.exec(lines[line - 1] ?? '')?.[1] ?? '';
}

function isReason(comment: string): boolean {
  return !comment.startsWith('biome-ignore') && (comment.match(/\p{L}+/gu)?.length ?? 0) >= leastWords;
}

const parsesJson = /\bJSON\s*(?:\??\.\s*|\[['"`])parse\b|\bparse\b[^=]*\}\s*=\s*JSON\b|\.json\(\)/;

/** Places that parse JSON beside its reader. */
export function jsonParsers(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => isProgram(path) && path !== jsonReader)
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => {
        const match = isComment(line) ? null : parsesJson.exec(line);
        return match === null ? [] : [{ path, line: i + 1, what: match[0] }];
      }),
    );
}

import { join } from 'node:path';
import ts from 'typescript';
import { repository } from './planted.ts';

/** An entry of the package: the subpath that it is imported by, and its source. */
export interface Entry {
  readonly subpath: string;
  readonly source: string;
}

/** The API reference: every export of the entries with its signature and its docstring, as Markdown. */
export function apiDocs(packageName: string, entries: readonly Entry[]): string {
  const config = ts.readConfigFile(join(repository, 'tsconfig.base.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repository);
  const files = entries.map(({ source }) => join(repository, source));
  const program = ts.createProgram(files, { ...options, noEmit: true, allowImportingTsExtensions: true });
  const checker = program.getTypeChecker();
  const parts = entries.map(({ subpath, source }) => {
    const file = program.getSourceFile(join(repository, source));
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`no module ${source}`);
    const exported = checker
      .getExportsOfModule(module)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const name = subpath === '.' ? packageName : `${packageName}/${subpath.replace('./', '')}`;
    return [`## ${name}`, ...exported.map((symbol) => describeSymbol(symbol, checker))].join('\n\n');
  });
  const head = '# API reference\n\nMade from the docstrings by `npm run docs`. What is not listed here is not public.';
  return `${[head, ...parts].join('\n\n')}\n`;
}

function describeSymbol(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) throw new Error(`no declaration of ${symbol.name}`);
  const signature = `\`\`\`ts\n${signatureOf(declaration)}\n\`\`\``;
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
  const tags = symbol.getJsDocTags(checker).map(({ name, text: parts }) => {
    const words = ts.displayPartsToString(parts).replaceAll('\n', ' ').trim();
    return `- *${name}* ${words}`;
  });
  return [`### ${symbol.name}`, signature, text, tags.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** A declaration without its body. */
function signatureOf(declaration: ts.Declaration): string {
  const printer = ts.createPrinter({ removeComments: true });
  const file = declaration.getSourceFile();
  const print = (node: ts.Node): string => printer.printNode(ts.EmitHint.Unspecified, node, file);
  if (ts.isFunctionDeclaration(declaration)) {
    const { factory } = ts;
    const { modifiers, name, typeParameters, parameters, type } = declaration;
    const kept = modifiers?.filter((one) => one.kind !== ts.SyntaxKind.AsyncKeyword);
    return print(factory.createFunctionDeclaration(kept, undefined, name, typeParameters, parameters, type, undefined));
  }
  if (ts.isVariableDeclaration(declaration)) {
    const type = declaration.type === undefined ? '' : `: ${print(declaration.type)}`;
    return `export const ${declaration.name.getText(file)}${type};`;
  }
  if (ts.isClassDeclaration(declaration)) {
    const members = declaration.members.map((member) =>
      ts.isConstructorDeclaration(member)
        ? ts.factory.createConstructorDeclaration(member.modifiers, member.parameters, undefined)
        : member,
    );
    const { modifiers, name, typeParameters, heritageClauses } = declaration;
    return print(ts.factory.createClassDeclaration(modifiers, name, typeParameters, heritageClauses, members));
  }
  // As it is written: what stands beside a member says its shape and unit.
  return declaration.getText(file);
}

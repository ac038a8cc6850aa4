import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';

export interface Bundle {
  /** Imports that the bundle leaves open, such as `node:fs`. */
  readonly open: readonly string[];
  /** Bytes after minifying and gzip of what a page loads when it opens: parts that are loaded when they are used are not among them. */
  readonly size: number;
}

/** One entry bundled as for a browser page. */
export async function bundleForBrowser(entry: string): Promise<Bundle> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    external: [/^node:/],
    logLevel: 'silent',
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const chunks = output.filter((file) => file.type === 'chunk');
  const imported = new Set(chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]));
  return {
    open: [...imported].filter((name) => chunks.every(({ fileName }) => fileName !== name)),
    size: gzipSync(openedWith(chunks).join('\n')).length,
  };
}

/** The code of the entry and of all that it imports at once. */
function openedWith(chunks: readonly OutputChunk[]): readonly string[] {
  const opened = new Set<string>();
  const open = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (chunk === undefined || opened.has(name)) return;
    opened.add(name);
    chunk.imports.forEach(open);
  };
  for (const { fileName, isEntry } of chunks) if (isEntry) open(fileName);
  return chunks.filter(({ fileName }) => opened.has(fileName)).map(({ code }) => code);
}

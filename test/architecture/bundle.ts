import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

export interface Bundle {
  /** Imports that the bundle leaves open, such as `node:fs`. */
  readonly open: readonly string[];
  /** Bytes after minifying and gzip. */
  readonly size: number;
}

/** One entry bundled as for a browser page. */
export async function bundleForBrowser(entry: string): Promise<Bundle> {
  const build = await rolldown({ input: entry, platform: 'browser', external: [/^node:/], logLevel: 'silent' });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const chunks = output.filter((file) => file.type === 'chunk');
  const imported = new Set(chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]));
  return {
    open: [...imported].filter((name) => chunks.every(({ fileName }) => fileName !== name)),
    size: gzipSync(chunks.map((chunk) => chunk.code).join('\n')).length,
  };
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Run by Vitest before the slow suites: what they call is what stands in src/. */
export function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program does not compile:\n${stdout}`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StudyError } from '../error/study-error.ts';
import { packageFolder } from './package-folder.ts';

/** Version in package.json. */
export function programVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8');
  // Read by hand: the version is asked for by every command, and a schema takes longer to load than some of them to run.
  const found: unknown = JSON.parse(text);
  if (typeof found === 'object' && found !== null && 'version' in found && typeof found.version === 'string')
    return found.version;
  throw new StudyError('internal', { reason: 'package.json without a version' });
}

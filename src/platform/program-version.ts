import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StudyError } from '../error/study-error.ts';
import { jsonValue } from '../table/json-text.ts';
import { packageFolder } from './package-folder.ts';

/** Version in package.json. @throws internal where that is damaged: it is of the program itself */
export function programVersion(): string {
  const path = join(packageFolder(), 'package.json');
  // Read by hand: the version is asked for by every command, and a schema takes longer to load than some of them to run.
  const found = jsonValue(readFileSync(path, 'utf8'));
  if (typeof found === 'object' && found !== null && 'version' in found && typeof found.version === 'string')
    return found.version;
  throw new StudyError('internal', { reason: `${path} holds no version` });
}

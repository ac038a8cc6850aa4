import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import { StudyError } from '../../error/study-error.ts';
import { leastSecret } from './redact.ts';

/** Held in memory alone. */
export interface Credentials {
  readonly key: string | null;
  readonly secret: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Key and secret out of the environment variables that the config `file` names. @throws missing-variable */
export function readCredentials(collection: Collection, file: string, environment: Environment): Credentials {
  const read = (key: string, variable: string | null): string | null => {
    if (variable === null) return null;
    const value = environment[variable]?.trim() ?? '';
    if (value.length >= leastSecret) return value;
    throw new StudyError('missing-variable', { file, key, variable, reason: value === '' ? 'unset' : 'short' });
  };
  return {
    key: read('api.key_env', collection.keyVariable),
    secret: read('api.secret_env', collection.secretVariable),
  };
}

export function secretsOf({ key, secret }: Credentials): readonly string[] {
  return [key, secret].filter((one) => one !== null);
}

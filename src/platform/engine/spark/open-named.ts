import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { programVersion } from '../../program-version.ts';
import { readAddress } from './address.ts';
import { openSpark, type SparkEngine } from './open.ts';

const subject = '--engine spark';
const example = '--spark sc://localhost:15002';

/**
 * Opens the server that a command names, else that of SPARK_REMOTE, as Spark's own clients have it; certificates by the variable that
 * theirs read too.
 * @throws needs-more, bad-option, spark-failed
 */
export function openNamedSpark(
  written: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SparkEngine> {
  const remote = written ?? environment.SPARK_REMOTE ?? '';
  if (remote === '') {
    const needs = said('needs.spark_address');
    throw new StudyError('needs-more', { subject, needs, example });
  }
  const address = readAddress(remote, environment, written === null ? 'SPARK_REMOTE' : '--spark');
  const roots = environment.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH || null;
  return openSpark(address, { roots, client: `kaya/${programVersion()}` });
}

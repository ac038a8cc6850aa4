import type { SparkFault } from '../../../error/spark-fault.ts';
import { isStudyError, StudyError, systemCode } from '../../../error/study-error.ts';
import { denied, GrpcFailure, unauthenticated, unavailable, untrusted } from './grpc.ts';
import { errorInfo } from './messages.ts';

/** What is shown of a server's words. */
const mostWords = 400;

/** A server's own error in one sentence: its class, SQLSTATE and what it says; or that it cannot be reached, or is gone. */
export function sparkFailure(error: unknown, server: string, wasThere: boolean): unknown {
  if (isStudyError(error) || !(error instanceof GrpcFailure)) return error;
  const { errorClass, state } =
    error.code === untrusted ? { errorClass: systemCode(error.cause), state: null } : named(error);
  const reason = reasonOf(error, wasThere);
  const detail: SparkFault = { server, reason, message: firstSentence(error.message), errorClass, state };
  return new StudyError('spark-failed', detail, { cause: error });
}

function reasonOf(error: GrpcFailure, wasThere: boolean): SparkFault['reason'] {
  if (error.code === unauthenticated || error.code === denied) return 'refused';
  if (error.code === untrusted) return 'untrusted';
  if (isSessionLost(error)) return 'gone';
  if (error.code === unavailable) return wasThere ? 'gone' : systemCode(error.cause) === null ? 'cut' : 'absent';
  return 'error';
}

/** Whether the server no longer knows what it was doing for this client: it was started again, or took it for dead. */
export function isSessionLost({ message }: GrpcFailure): boolean {
  return /INVALID_HANDLE\.(?:SESSION|OPERATION)_/.test(message);
}

/** Whether the operation never came to the server, or the server no longer has it. */
export function isUnknownThere({ message }: GrpcFailure): boolean {
  return /INVALID_HANDLE\.(?:SESSION|OPERATION)_NOT_FOUND/.test(message);
}

/** Class and SQLSTATE, from what goes with the status, else from the words. */
function named({ details, message }: GrpcFailure): {
  readonly errorClass: string | null;
  readonly state: string | null;
} {
  const info = details === null ? {} : infoOf(details);
  const classInWords = /^\[([A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*)\]/.exec(message)?.[1] ?? null;
  const stateInWords = /\bSQLSTATE: ([0-9A-Z]{5})\b/.exec(message)?.[1] ?? null;
  return { errorClass: info.errorClass || classInWords, state: info.sqlState || stateInWords };
}

function infoOf(details: Uint8Array): Readonly<Record<string, string>> {
  try {
    return errorInfo(details);
  } catch {
    return {};
  }
}

/** The first line without the class and the state that are told apart, and without the tree of the query that follows. */
function firstSentence(words: string): string {
  const [line = ''] = words.split('\n');
  const bare = line
    .replace(/^\[[A-Z0-9_.]+\]\s*/, '')
    .replace(/\s*SQLSTATE: [0-9A-Z]{5}\b.*$/, '')
    .trim();
  return bare.length > mostWords ? `${bare.slice(0, mostWords)}…` : bare;
}

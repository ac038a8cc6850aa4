import { type Fields, field, fieldsOf, message, wholeField } from './wire.ts';

/*
 * A subset of the messages of Spark Connect: base.proto, commands.proto and relations.proto of the package spark.connect, with the numbers
 * that Apache Spark (Apache License 2.0) gives their fields. They are the same in 3.5, 4.0 and 4.3.
 */

/** Who asks, in every request. */
export interface Asking {
  readonly sessionId: string;
  readonly userId: string;
  readonly clientType: string;
}

const userContext = ({ userId }: Asking): Uint8Array => field(2, message(field(1, userId), field(2, userId)));

/** A relation: the rows of a query. */
export const sqlRelation = (query: string): Uint8Array => field(10, message(field(1, query)));

/** A relation: rows that go along, as a stream of Arrow. */
export const localRelation = (arrow: Uint8Array): Uint8Array => field(11, message(field(1, arrow)));

/** A task whose rows are wanted. */
export const taskOfRows = (relation: Uint8Array): Uint8Array => field(1, relation);

/** A task that runs a statement. */
export const taskOfStatement = (sql: string): Uint8Array => field(2, message(field(5, message(field(1, sql)))));

/** A task that names a relation in the session, in the place of one of that name. */
export const taskOfView = (name: string, relation: Uint8Array): Uint8Array =>
  field(2, message(field(3, message(field(1, relation), field(2, name), wholeField(4, true)))));

/** Execution goes on when its client is cut off, and can be taken up again by its id. */
export const executeRequest = (asking: Asking, operationId: string, task: Uint8Array): Uint8Array =>
  message(
    field(1, asking.sessionId),
    userContext(asking),
    field(3, task),
    field(4, asking.clientType),
    field(5, message(field(1, message(wholeField(1, true))))),
    field(6, operationId),
  );

/** @param after the last answer that came; null: all of them are wanted again */
export const reattachRequest = (asking: Asking, operationId: string, after: string | null): Uint8Array =>
  message(
    field(1, asking.sessionId),
    userContext(asking),
    field(3, operationId),
    field(4, asking.clientType),
    field(5, after),
  );

/** @param until the last answer that need not be kept any longer; null: none is wanted again */
export const releaseRequest = (asking: Asking, operationId: string, until: string | null): Uint8Array =>
  message(
    field(1, asking.sessionId),
    userContext(asking),
    field(3, operationId),
    field(4, asking.clientType),
    until === null ? field(5, message()) : field(6, message(field(1, until))),
  );

const everything = 1;

/** All that runs in the session is to end. */
export const interruptRequest = (asking: Asking): Uint8Array =>
  message(field(1, asking.sessionId), userContext(asking), field(3, asking.clientType), wholeField(4, everything));

export const releaseSessionRequest = (asking: Asking): Uint8Array =>
  message(field(1, asking.sessionId), userContext(asking), field(3, asking.clientType));

export const configRequest = (asking: Asking, pairs: readonly (readonly [string, string])[]): Uint8Array =>
  message(
    field(1, asking.sessionId),
    userContext(asking),
    field(
      3,
      message(field(1, message(...pairs.map(([key, value]) => field(1, message(field(1, key), field(2, value))))))),
    ),
    field(4, asking.clientType),
  );

export const versionRequest = (asking: Asking): Uint8Array =>
  message(field(1, asking.sessionId), userContext(asking), field(3, asking.clientType), field(10, message()));

/** The version in the answer to `versionRequest`. */
export const versionOf = (answer: Uint8Array): string | null => fieldsOf(answer).message(8)?.text(1) ?? null;

/** Operations that an interrupt ended. */
export const interruptedIds = (answer: Uint8Array): readonly string[] =>
  fieldsOf(answer)
    .all(2)
    .map((id) => Buffer.from(id).toString('utf8'));

/** Rows of a result, a stream of Arrow by itself. */
export interface ArrowBatch {
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** One answer of an execution. */
export interface ExecuteAnswer {
  readonly responseId: string | null;
  readonly arrow: ArrowBatch | null;
  readonly isComplete: boolean;
}

export function executeAnswer(bytes: Uint8Array): ExecuteAnswer {
  const answer = fieldsOf(bytes);
  const batch = answer.message(2);
  const arrow = batch?.bytes(2) ?? null;
  return {
    responseId: answer.text(13),
    arrow: arrow === null ? null : { rows: batch?.whole(1) ?? 0, bytes: arrow },
    isComplete: answer.bytes(14) !== null,
  };
}

/** What google.rpc.Status and the ErrorInfo in it say of an error: `errorClass` and `sqlState` of Spark. */
export function errorInfo(status: Uint8Array): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const detail of fieldsOf(status).all(3)) {
    const any = fieldsOf(detail);
    if (any.text(1)?.endsWith('/google.rpc.ErrorInfo') !== true) continue;
    const info = any.message(2);
    for (const entry of info?.all(3) ?? []) addEntry(found, fieldsOf(entry));
  }
  return found;
}

function addEntry(found: Record<string, string>, entry: Fields): void {
  const key = entry.text(1);
  if (key !== null) found[key] = entry.text(2) ?? '';
}

import { expect, test } from 'vitest';
import {
  type Asking,
  configRequest,
  errorInfo,
  executeAnswer,
  executeRequest,
  interruptRequest,
  localRelation,
  reattachRequest,
  releaseRequest,
  releaseSessionRequest,
  sqlRelation,
  taskOfRows,
  taskOfStatement,
  taskOfView,
  versionRequest,
} from './messages.ts';

// The bytes that Spark 4.3's own Python client makes of the same messages.

const asking: Asking = { sessionId: 's', userId: 'me', clientType: 'kaya/1' };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const head = '0a017312080a026d6512026d65';
const client = '22066b6179612f31';

test('requests are written as by the client of Spark', () => {
  const task = taskOfRows(sqlRelation('SELECT 1'));
  expect(hex(executeRequest(asking, 'op', task))).toBe(
    `${head}1a0e0a0c520a0a0853454c4543542031${client}2a040a02080132026f70`,
  );
  expect(hex(reattachRequest(asking, 'op', 'r1'))).toBe(`${head}1a026f70${client}2a027231`);
  expect(hex(releaseRequest(asking, 'op', null))).toBe(`${head}1a026f70${client}2a00`);
  expect(hex(releaseRequest(asking, 'op', 'r1'))).toBe(`${head}1a026f70${client}32040a027231`);
  expect(hex(interruptRequest(asking))).toBe(`${head}1a066b6179612f312001`);
  expect(hex(releaseSessionRequest(asking))).toBe(`${head}1a066b6179612f31`);
  expect(hex(configRequest(asking, [['a', 'b']]))).toBe(`${head}1a0a0a080a060a0161120162${client}`);
  expect(hex(versionRequest(asking))).toBe(`${head}1a066b6179612f315200`);
  expect(hex(taskOfStatement('SET a'))).toBe('12092a070a055345542061');
});

test('a view is replaced, and is the rows that go along', () => {
  expect(hex(taskOfView('v', localRelation(Uint8Array.from([1, 2]))))).toBe('120f1a0d0a065a040a0201021201762001');
});

test('answers and errors are read as the server writes them', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');
  const answer = executeAnswer(bytes('0a0173120708ac021202090862026f706a027237'));
  expect({
    ...answer,
    arrow: { rows: answer.arrow?.rows, bytes: hex(answer.arrow?.bytes ?? new Uint8Array()) },
  }).toEqual({
    responseId: 'r7',
    isComplete: false,
    arrow: { rows: 300, bytes: '0908' },
  });
  expect(executeAnswer(bytes('0a017362026f706a0272387200'))).toEqual({
    responseId: 'r8',
    isComplete: true,
    arrow: null,
  });
  const status =
    '080d12016d1a7b0a28747970652e676f6f676c65617069732e636f6d2f676f6f676c652e7270632e4572726f72496e666f124f0a017812106f72672e6170616368652e737061726b1a110a0873716c5374617465120534325030311a250a0a6572726f72436c61737312175441424c455f4f525f564945575f4e4f545f464f554e44';
  expect(errorInfo(bytes(status))).toEqual({ errorClass: 'TABLE_OR_VIEW_NOT_FOUND', sqlState: '42P01' });
  expect(() => executeAnswer(bytes('12ff01'))).toThrow(RangeError);
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageScript, pageScriptSha256 } from './page-script.ts';

test('the policy of the page knows its script', () => {
  expect(pageScriptSha256).toBe(createHash('sha256').update(pageScript).digest('base64'));
});

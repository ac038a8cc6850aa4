import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { inlineScript } from '../browser/inline-script.ts';
import { labPage } from './page.ts';

const script = inlineScript("const a='</script><!--';");
const page = labPage({
  version: '1.0.0',
  script,
  scriptHash: createHash('sha256').update(script).digest('base64'),
  packedProgram: 'AA==',
  packedLicences: 'AA==',
});
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';

it('lets nothing be asked of a network and runs the one script by its hash', () => {
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'none'", "connect-src 'none'", 'worker-src blob:']),
  );
  expect(policy).not.toMatch(/script-src[^;]*'unsafe|https?:|\*/);
  const own = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  expect(own).toBe(script);
  expect(policy).toContain(`'sha256-${createHash('sha256').update(own).digest('base64')}'`);
});

it('a script that speaks of scripts stays one and says the same', () => {
  expect(script).not.toContain('</script');
  expect(script).not.toContain('<!--');
  // biome-ignore lint/security/noGlobalEval: the script is the test's own
  expect(eval(`${script}a`)).toBe('</script><!--');
});

it('has no handler in its markup and names no other place', () => {
  const markup = page.replace(/<script[\s\S]*?<\/script>/g, '');
  expect(markup).not.toMatch(/\son\w+=|https?:|src=|href=/);
});

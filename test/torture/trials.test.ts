import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const torture = join(import.meta.dirname, '..', '..', 'torture');
const trials = readdirSync(join(torture, 'trial')).filter((file) => file.endsWith('.mjs'));

test.each(trials)('%s is a trial of its contract', async (file) => {
  const { trial } = (await import(join(torture, 'trial', file))) as { trial: Record<string, unknown> };
  expect(`${trial.name}.mjs`).toBe(file);
  expect(trial).toMatchObject({ promise: expect.stringMatching(/^\S.+\S$/), unit: expect.any(String) });
  expect(trial.goal).toBeGreaterThanOrEqual(50);
  expect(trial.attempt).toBeInstanceOf(Function);
});

/** The tools of a try, as torture/run.mjs makes them. */
async function toolsOf(index: number): Promise<object> {
  // @ts-expect-error a script without types
  const { randomOf } = await import('../../torture/tools.mjs');
  const random = randomOf('seed', 'trial', index);
  const whole = (below: number): number => Math.floor(random() * below);
  return { random, whole, pick: (list: readonly unknown[]) => list[whole(list.length)] };
}

test('the same draws damage a file in the same way, and nearly always do', async () => {
  const [bytes, text, archive, zip] = await Promise.all(
    ['damage-bytes', 'damage-text', 'damage-archive', 'zip'].map((name) => import(join(torture, `${name}.mjs`))),
  );
  const table = `a,b,c\n${'1,2,3\n'.repeat(40)}`;
  const sound: Buffer = zip.zipOf([
    { name: 'a.xml', content: Buffer.from('<row r="1"><c r="A1"><v>1</v></c></row>') },
    { name: 'b.xml', content: Buffer.from('<x/>') },
  ]);
  expect(zip.partsOf(sound).map(({ name }: { name: string }) => name)).toEqual(['a.xml', 'b.xml']);
  const damage: readonly ((tools: object) => Buffer)[] = [
    (tools) => bytes.damageBytes(Buffer.from(table), tools, []),
    (tools) => Buffer.from(text.damageText(table, tools, [])),
    (tools) => archive.damageArchive(sound, tools, []),
    (tools) => Buffer.from(archive.damageMarkup(table, tools, [])),
  ];
  let whole = 0;
  for (let index = 0; index < 60; index++) {
    const make = damage[index % damage.length];
    const [first, second] = [make(await toolsOf(index)), make(await toolsOf(index))];
    expect(first.equals(second)).toBe(true);
    if (first.equals(sound) || first.equals(Buffer.from(table))) whole++;
  }
  expect(whole).toBeLessThan(15);
});

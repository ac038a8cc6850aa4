import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../contract.mjs';

const names = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${i}`);

/** Requests that no machine can fulfil, each of a size that is drawn. */
const IMPOSSIBLE = [
  (size) => ['reg', `y ~ sw(${names('x', size).join(',')}) + sw(${names('z', size).join(',')})`],
  (size) => ['reg', `y ~ ${names('x', 14 + (size % 60)).join('*')}`],
  (size) => ['reg', `y ~ ${'log('.repeat(size * 4)}x${')'.repeat(size * 4)}`],
  (size) => ['reg', `y ~ ${'-'.repeat(size * 4)}x`],
  (size) => ['reg', `y ~ l(x, 1:${size * 1000}) | id`, '--panel', 'id,year'],
  (size) => ['reg', `y ~ l(1/${size * 1000}).x | id`, '--panel', 'id,year'],
  () => ['reg', 'y ~ i(big)'],
  () => ['reg', 'y ~ i(big):i(other)'],
  (size) => ['reg', 'y ~ x', '--threads', String(size * 1000)],
  (size) => [
    'threshold',
    'y ~ z | id',
    '--by',
    'x',
    '--regime',
    'w',
    '--panel',
    'id,year',
    '--boot',
    String(size * 10_000),
  ],
];

export const trial = {
  name: 'budgets',
  promise: 'what no machine can fulfil is refused with a sentence, before time or memory goes',
  unit: 'requests',
  goal: 1000,
  /** A panel whose two factors have more levels than a model has terms. */
  prepare({ shared }) {
    const rows = Array.from({ length: 12_000 }, (_, i) => {
      const value = (k) => (Math.sin(i * k) * 10).toFixed(3);
      return [i % 600, 2000 + Math.floor(i / 600), value(1), value(2), value(3), value(5), i, (i * 7) % 11_993].join(
        ',',
      );
    });
    writeFileSync(join(shared, 'data.csv'), `id,year,y,x,z,w,big,other\n${rows.join('\n')}\n`);
  },
  async attempt({ pick, whole, shared, kaya }) {
    const [command, formula, ...options] = pick(IMPOSSIBLE)(150 + whole(400));
    // Within half a gigabyte: what is refused late dies here.
    const env = { NODE_OPTIONS: '--max-old-space-size=512' };
    const run = await kaya([command, join(shared, 'data.csv'), formula, ...options], { seconds: 120, env });
    const asked = `${command} ${formula.slice(0, 80)} ${options.join(' ')}`;
    const fault = faultOf(run);
    if (fault !== undefined) return `${fault}\n${asked}`;
    return run.code === 2 ? undefined : `exit ${run.code}, not 2: ${asked}`;
  },
};

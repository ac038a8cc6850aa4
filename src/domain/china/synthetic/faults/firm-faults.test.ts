import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type FirmTask, writeFirms } from '../raw/firms.ts';
import { firmFaultKinds } from './firm-key.ts';

const task: FirmTask = {
  file: 'registry/firms-330000.csv',
  seed: 7,
  stream: 330000,
  keywords: ['人工智能', '物联网', '机器学习', '计算机视觉', '智能监管', '智能交通', '神经网络', '人脸识别'],
  cities: [
    {
      code: 330100,
      nameZh: '杭州市',
      provinceZh: '浙江省',
      years: [2003, 2004],
      withKeyword: [120, 300],
      decoys: [200, 90],
    },
  ],
};

/** More firms, and keywords that traps are known for. */
const many: FirmTask = {
  ...task,
  keywords: [...task.keywords, '智能保险', '无人驾驶'],
  cities: [{ ...task.cities[0], withKeyword: [900, 900] }],
};

function written(of: FirmTask): { texts: string[]; key: ReturnType<typeof writeFirms>['key'] } {
  const texts = ['', ''];
  const { key } = writeFirms(of, (block, file) => {
    texts[file] += block;
  });
  return { texts, key };
}

it('leaves the bytes of a layer without faults as they were before there were any', () => {
  for (const faults of [undefined, []]) {
    const { texts, key } = written({ ...task, ...(faults === undefined ? {} : { faults }) });
    expect(createHash('sha256').update(texts[0]).digest('hex')).toBe(
      '7b5711940f52ea5a7f8a746c33a0d6c64bc07fb5d7c4b7928e90e9c744f24f28',
    );
    expect([texts[1], key]).toEqual(['', null]);
  }
});

it('is the same twice, another with another seed', () => {
  const dirty = { ...task, faults: firmFaultKinds };
  expect(written(dirty)).toEqual(written(dirty));
  expect(written({ ...dirty, seed: 8 }).key).not.toEqual(written(dirty).key);
});

it('plants a kind in the same firms whatever else is switched on', () => {
  const all = written({ ...many, faults: firmFaultKinds }).key!;
  for (const kind of firmFaultKinds) {
    const alone = written({ ...many, faults: [kind] }).key!;
    if (kind !== 'overlap') expect(alone.planted[kind]?.cells).toEqual(all.planted[kind]?.cells);
    if (kind !== 'encoding' && kind !== 'delimiter') expect(all.planted[kind]!.cells.length).toBeGreaterThan(0);
  }
});

it('knows the line of every planted row, quoted line ends among them', () => {
  const { texts, key } = written({ ...many, faults: ['quoted-cell', 'code-check-digit', 'overlap'] });
  const lines = texts.map((text) => text.split('\n'));
  const starts = key!.planted['quoted-cell']!.lines[task.file];
  expect(starts.length).toBeGreaterThan(5);
  for (const line of starts) expect(lines[0][line - 1]).toContain('"""一般项目""');
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  for (const line of key!.planted['code-check-digit']!.lines[task.file]) {
    const code = lines[0][line - 1].split(',')[1];
    const weight = (i: number): number => (i === 17 ? 1 : Number(3n ** BigInt(i) % 31n));
    const sum = [...code].reduce((total, letter, i) => total + alphabet.indexOf(letter) * weight(i), 0) % 31;
    expect(sum).not.toBe(0);
  }
  // The second export begins with rows that the first ends with.
  const again = key!.planted.overlap!.lines['registry/firms-330000_2.csv'];
  expect(again.length).toBeGreaterThan(50);
  for (const line of again) expect(lines[0]).toContain(lines[1][line - 1]);
});

it('quotes a word of the study that would cut a cell', () => {
  const { texts } = written({ ...task, keywords: ['智"能', '智,能'], faults: ['branch'] });
  const [header, ...lines] = texts[0].trimEnd().split('\n');
  const cells = header.split(',').length;
  expect(texts[0]).toContain('智""能');
  for (const line of lines) expect(line.replaceAll(/"(?:[^"]|"")*"/g, '').split(',')).toHaveLength(cells);
});

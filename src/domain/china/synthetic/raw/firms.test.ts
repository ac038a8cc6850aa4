import { describe, expect, it } from 'vitest';
import * as words from './firm-words.ts';
import { type FirmTask, writeFirms } from './firms.ts';

const keywords = ['人工智能', '物联网', '机器学习', '计算机视觉', '智能监管', '智能交通', '神经网络', '人脸识别'];

function rowsOf(task: FirmTask): string[][] {
  const parts: string[] = [];
  writeFirms(task, (block) => parts.push(block));
  const lines = parts.join('').trimEnd().split('\n');
  return lines.map((line) => line.split(','));
}

const task: FirmTask = {
  file: 'registry/firms-330000.csv',
  seed: 7,
  stream: 330000,
  keywords,
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

describe('writeFirms', () => {
  it('writes as many firms with a keyword and without as asked, by founding year', () => {
    const [, ...rows] = rowsOf(task);
    const isHit = (row: string[]): boolean => keywords.some((word) => row[0].includes(word) || row[6].includes(word));
    const count = (year: string, hit: boolean): number =>
      rows.filter((row) => row[2].startsWith(year) && isHit(row) === hit).length;
    expect([count('2003', true), count('2003', false)]).toEqual([120, 200]);
    expect([count('2004', true), count('2004', false)]).toEqual([300, 90]);
  });

  it('gives every firm its own credit code with a valid check digit (GB 32100)', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const codes = rowsOf(task)
      .slice(1)
      .map((row) => row[1]);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      let sum = 0;
      let weight = 1;
      for (const letter of code.slice(0, 17)) {
        sum += alphabet.indexOf(letter) * weight;
        weight = (weight * 3) % 31;
      }
      expect(code).toHaveLength(18);
      expect(code[17]).toBe(alphabet[(31 - (sum % 31)) % 31]);
    }
  });

  it('marks every name as made up', () => {
    for (const row of rowsOf(task).slice(1)) expect(row[0]).toContain(words.syntheticMark);
  });

  it('has no comma or quote that would need quoting, and eight cells a row', () => {
    for (const row of rowsOf(task)) expect(row).toHaveLength(8);
  });

  it('depends on nothing but the task', () => {
    expect(rowsOf(task)).toEqual(rowsOf({ ...task }));
    expect(rowsOf({ ...task, seed: 8 })).not.toEqual(rowsOf(task));
  });
});

import { describe, expect, test } from 'vitest';
import { auditEn } from '../../src/output/format/audit/en.ts';
import { auditZh } from '../../src/output/format/audit/zh.ts';
import { en } from '../../src/output/format/en.ts';
import { methodsEn } from '../../src/output/format/methods/en.ts';
import { methodsZh } from '../../src/output/format/methods/zh.ts';
import { languages } from '../../src/output/format/text-key.ts';
import { zh } from '../../src/output/format/zh.ts';
import { typographyFaults } from '../../src/output/testing/typography.ts';
import { en as labEn } from '../../src/web/lab/words/en.ts';
import { zh as labZh } from '../../src/web/lab/words/zh.ts';

/*
 * Texts of pages by the typography of their language. What commands alone say is in the type of a terminal: errors, options, help.
 */

type Texts = Readonly<Record<string, unknown>>;

const ofPages: Readonly<Record<'en' | 'zh', readonly Texts[]>> = {
  en: [en, auditEn, methodsEn, labEn],
  zh: [zh, auditZh, methodsZh, labZh],
};

/** Areas whose sentences speak of commands, options and files as they are typed. */
const typed =
  /^(?:expected|fault|faults|form|given|yaml|collect|mcp|answer|noun|file|range|start|first|export|formula)\.|_hint$/;

function sentences(texts: Texts): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typed.test(key)
      ? []
      : typeof value === 'string'
        ? [[key, value] as const]
        : Array.isArray(value)
          ? value.map((one) => [key, String(one)] as const)
          : [],
  );
}

/** A sentence as it stands with values in it. */
const filled = (text: string): string => text.replace(/\{[^{}]*\}/g, '7');

describe('typography of the texts of pages', () => {
  test.each(languages)('%s', (language) => {
    const all = ofPages[language].flatMap(sentences);
    expect(all.length).toBeGreaterThan(1000);
    const found = all.flatMap(([key, text]) =>
      typographyFaults(filled(text), language).map((fault) => `${key}: ${fault}`),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['en', 'It is the city’s own, with −0.5 in 2001–2003.', "It is the city's own"],
    ['en', 'n − 1 rows', 'n - 1 rows'],
    ['en', 'a range, −0.5', 'a range, -0.5'],
    ['en', 'not so', 'not，so'],
    ['en', 'said “so”', 'said "so"'],
    ['zh', '甲，乙', '甲,乙'],
    ['zh', '甲（乙）丙', '甲(乙)丙'],
    ['zh', '“甲”', '"甲"'],
    ['zh', '甲；乙', '甲； 乙'],
    ['zh', '聚类（Levin, Lin and Chu 2002）', '聚类 of the whole sample'],
    ['zh', '自由度为n − 1', '自由度为n - 1'],
  ] as const)('what is wrong in %s is found: %s', (language, right, wrong) => {
    expect(typographyFaults(right, language)).toEqual([]);
    expect(typographyFaults(wrong, language)).toHaveLength(1);
  });
});

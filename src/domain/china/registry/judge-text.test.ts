import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../data/source/utf8.ts';
import { readTextRows } from './delimited.ts';
import { findPatternsInto, occurrences } from './find-patterns.ts';
import { judgeText, type MatchRules, usualRules } from './judge-text.ts';
import { formsOf, keywordList, keywordVariants } from './keyword.ts';
import { hadHit, keywordMatcher } from './match-keywords.ts';

const reference = new URL('../../../../packs/china-cities/reference/', import.meta.url);
const rowsOf = (name: string) => readTextRows(readFileSync(new URL(name, reference), 'utf8'));
const keywords = keywordList(rowsOf('keywords.csv'), rowsOf('keyword_exclusions.csv'), 'keywords.csv');
const words = keywords.map(({ word }) => word);

/** Keywords that a text has, by the compiled matcher: what the scan does. */
function matched(text: string, rules: MatchRules = usualRules): string[] {
  const matcher = keywordMatcher(keywords, rules);
  const bytes = utf8(text);
  const padded = new Uint8Array(bytes.length + 8).fill(10, bytes.length);
  padded.set(bytes);
  const hits = occurrences();
  findPatternsInto(hits, matcher.patterns, padded, 0, bytes.length);
  const raw = new Uint32Array((matcher.trapId + 32) >>> 5);
  const found = new Uint32Array(matcher.words);
  for (let i = 0; i < hits.count; i++) raw[hits.id[i] >>> 5] |= 1 << (hits.id[i] & 31);
  if (hits.count > 0 || matcher.hasLatin) matcher.settle(padded, 0, bytes.length, raw, found);
  return words.filter((_, k) => ((found[k >>> 5] >>> (k & 31)) & 1) === 1);
}

const judged = (text: string, rules: MatchRules = usualRules): string[] =>
  judgeText(text, keywords, rules).kept.map((k) => words[k]);

describe('keywords', () => {
  it('are the 40 of the paper', () => {
    expect(words).toHaveLength(40);
    expect(keywords.find(({ word }) => word === '物联网')).toMatchObject({
      traditional: ['物聯網', '物聯網絡'],
      synonyms: ['物联'],
      latin: ['iot'],
      risk: 'high',
    });
    expect(keywords[0].latin).toEqual(['ai', 'machine intelligence']);
  });

  it.each([
    // [text, keywords meant]
    ['软件开发；人工智能应用；物联网技术服务', ['人工智能', '物联网']],
    ['人工智能人工智能', ['人工智能']],
    ['卷积神经网络', ['神经网络', '卷积神经网络']],
    // inside another word
    ['互联网信息服务；智能监控设备', []],
    ['智能保险柜销售；智能保险箱；智能保险锁', []],
    ['智能保险柜销售；智能保险咨询', ['智能保险']],
    ['无人驾驶航空器研发', []],
    ['无人驾驶航空器；无人驾驶汽车', ['无人驾驶']],
    ['智能计算机；智能计算器', []],
    ['某某智能计算机械设备有限公司', ['智能计算']],
    ['智能零售柜', []],
    // never across a separator or a blank
    ['人工；智能', []],
    ['人工、智能卡；机器，学习用品；计算机、视觉设计', []],
    ['人工 智能卡；人工\u3000智能', []],
    ['人工\n智能', []],
    ['智能。零售,智能;家居', []],
    // denied
    ['软件开发（不含人工智能）', []],
    ['软件开发(不含人工智能、物联网)；物联网技术', ['物联网']],
    ['除人工智能外的软件开发', []],
    ['除人工智能、物联网以外的软件开发', []],
    ['软件开发（人工智能除外）', []],
    ['不得从事人工智能业务', []],
    ['不得从事金融业务，人工智能软件开发', ['人工智能']],
    ['不含危险化学品；人工智能软件', ['人工智能']],
    ['不含危险化学品的人工智能', []],
    ['不含人工智能；人工智能', ['人工智能']],
    // no denial: 除 and 外 of other words
    ['消除人工智能外围设备', ['人工智能']],
    ['除湿设备、人工智能外观设计', ['人工智能']],
    ['除尘设备、人工智能产品、销往海外', ['人工智能']],
    ['除草服务、智能家居、户外、室外的安装', ['智能家居']],
    ['国家法律法规禁止的除外、人工智能', ['人工智能']],
    ['国家禁止或限制的项目除外、人工智能', ['人工智能']],
    ['禁止人工智能', []],
    ['除人工智能、物联网之外', []],
    ['依法须经批准的项目，经相关部门批准后方可开展经营活动；人脸识别', ['人脸识别']],
    // Latin and traditional forms do not count as listed
    ['AI技术；人工智慧；物聯網', []],
  ])('%s', (text, expected) => {
    expect(matched(text)).toEqual(expected);
    expect(judged(text)).toEqual(expected);
  });

  it.each([
    ['人工智慧與物聯網', ['traditional'], ['人工智能', '物联网']],
    ['智慧保險櫃', ['traditional'], []],
    ['机器视觉检测', ['synonyms'], ['计算机视觉']],
    ['物联技术', ['synonyms'], ['物联网']],
    ['AI技术开发', ['latin'], ['人工智能']],
    ['ＡＩ＋教育', ['latin'], ['人工智能']],
    ['ai2.0平台', ['latin'], ['人工智能']],
    ['AIR公司；MAIL；FAIR', ['latin'], []],
    ['VR/AR体验馆', ['latin'], ['增强现实', '虚拟现实']],
    ['OVR；ARM芯片', ['latin'], []],
    ['self driving cars', ['latin'], ['自动驾驶']],
    ['Machine Learning', ['latin'], []],
    ['不含AI技术', ['latin'], []],
  ] as const)('%s with %s', (text, variants, expected) => {
    const rules = { ...usualRules, variants };
    expect(matched(text, rules)).toEqual(expected);
    expect(judged(text, rules)).toEqual(expected);
  });

  it('counts traps and denials when the rules say so', () => {
    const rules = { variants: [], exclusions: false, negation: false };
    expect(matched('智能保险柜；不含人工智能', rules)).toEqual(['人工智能', '智能保险']);
  });

  it('refuses a keyword twice and an exclusion that holds none', () => {
    expect(() => keywordList([{ zh: '甲乙' }, { zh: '甲乙' }], [], 'k.csv')).toThrow();
    expect(() => keywordList([{ zh: '甲乙' }], [{ keyword: '甲乙', phrase: '丙' }], 'k.csv')).toThrow();
    expect(() => keywordList([{ text: '甲乙' }], [], 'k.csv')).toThrow();
  });
});

/*
 * The rules once more, as plainly as they can be said: cut the text at the ends of clauses, look at every place of every
 * word in each clause. Shares nothing with the code above.
 */
function naive(text: string): string[] {
  const clauses = text.split(/[；;。，,（()）\r\n]/u);
  return words.filter((word, k) =>
    clauses.some((clause) => {
      const cues = ['不包括', '不包含', '不含', '不涉及', '不得从事', '不从事', '不得经营', '不经营', '严禁', '禁止'];
      const cue = cues
        // 禁止的, 禁止或…: of which things, no denial of what follows.
        .map((one) => ({ at: one === '禁止' ? clause.search(/禁止(?![的或和类])/u) : clause.indexOf(one), one }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at)[0];
      const denialFrom = cue === undefined ? Number.POSITIVE_INFINITY : cue.at + cue.one.length;
      const excepted = ['除外']
        .map((one) => clause.indexOf(one))
        .find((at) => at >= 0 && /^除外($|[的、])/u.test(clause.slice(at)));
      for (let at = 0; at + word.length <= clause.length; at++) {
        if (!clause.startsWith(word, at)) continue;
        const isTrap = keywords[k].exclusions.some(({ phrase, unless }) => {
          const start = at - phrase.indexOf(word);
          return (
            start >= 0 &&
            clause.slice(start, start + phrase.length) === phrase &&
            !unless.some((longer) => clause.slice(start - longer.indexOf(phrase)).startsWith(longer))
          );
        });
        const isDenied = at >= denialFrom && at + word.length <= denialFrom + 40;
        const isExcepted = excepted !== undefined && at + word.length <= excepted && at >= excepted - 40;
        if (!isTrap && !isDenied && !isExcepted) return true;
      }
      return false;
    }),
  );
}

const traps = keywords.flatMap(({ exclusions }) => exclusions.flatMap(({ phrase, unless }) => [phrase, ...unless]));
const filler = [
  '不含',
  '不包括',
  '不得从事',
  '人工',
  '智能',
  '机器',
  '学习',
  '网络',
  '计算',
  '机',
  '械',
  '柜',
  '软件开发',
  '技术',
  '的',
  'A',
];
const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...traps),
  fc.constantFrom(...filler),
  fc.constantFrom('；', '、', '，', ',', ';', '。', '（', '）', ' ', '\u3000'),
);
const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

describe('on random texts', () => {
  it('the matcher, the judge and the naive search agree', () => {
    fc.assert(
      fc.property(text, (sample) => {
        const expected = naive(sample);
        expect(judged(sample)).toEqual(expected);
        expect(matched(sample)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('patterns are found exactly where indexOf finds them', () => {
    const variants = keywordVariants;
    const forms = keywords.flatMap((keyword) => formsOf(keyword, variants));
    const matcher = keywordMatcher(keywords, { variants, exclusions: false, negation: false });
    const places = (sample: string): string[] => {
      const bytes = utf8(sample);
      const hits = occurrences();
      findPatternsInto(hits, matcher.patterns, Uint8Array.from([...bytes, 10, 10, 10, 10]), 0, bytes.length);
      return Array.from({ length: hits.count }, (_, i) => `${hits.at[i]} ${words[hits.id[i]]}`).sort();
    };
    fc.assert(
      fc.property(text, (sample) => {
        const expected = forms.flatMap((form) => {
          const owner = keywords.find((keyword) => formsOf(keyword, variants).includes(form))!;
          const found: string[] = [];
          for (let at = sample.indexOf(form); at >= 0; at = sample.indexOf(form, at + 1))
            found.push(`${utf8(sample.slice(0, at)).length} ${owner.word}`);
          return found;
        });
        expect(places(sample)).toEqual(expected.sort());
      }),
      { numRuns: 1000 },
    );
  });

  it('hadHit says whether a keyword is meant', () => {
    const matcher = keywordMatcher(keywords, usualRules);
    expect(matcher.settle(utf8('人工智能'), 0, 12, Uint32Array.of(1, 0), new Uint32Array(2)) & hadHit).toBe(hadHit);
  });
});

import { expect, test } from 'vitest';
import { renderFigure } from '../document/figure/svg-figure.ts';
import { formatText } from '../format/format-text.ts';
import { languages } from '../format/text-key.ts';
import type { ClaimVerdict } from './contract.ts';
import { type ClaimOnPath, frameworkFigure } from './framework-figure.ts';

function on(id: string, verdict: ClaimVerdict, path: Partial<ClaimOnPath> = {}): ClaimOnPath {
  const evidence =
    verdict === 'untested' ? null : ({ key: 'report.columns_holding', values: { holding: 1, columns: 2 } } as const);
  const straight = { from: 'x', to: 'y', via: [], moderator: null, threshold: null, place: null };
  return { claim: { id, verdict, evidence }, ...straight, ...path };
}

const claims = [
  on('H1', 'supported'),
  on('H2', 'partly', { via: ['m', 'k'] }),
  on('H2c', 'supported', { from: 'm' }),
  on('H2d', 'untested', { to: 'k' }),
  on('H3a', 'not-supported', { moderator: 'w' }),
  on('H3b', 'supported', { moderator: 'w' }),
  on('H4', 'untested', { threshold: 'w', place: 0.123456 }),
  on('H5', 'supported', { from: 'z' }),
];
const figure = frameworkFigure({
  ...{ id: 'f', number: '1', title: 'Framework', claims, notes: [], isSynthetic: true },
  nameOf: (name) => ({ en: `Variable ${name} with a long name`, zh: `变量${name}` }),
});
const ids = (own: readonly { readonly id: string }[]) => own.map(({ id }) => id).join(' ');

test('claims stand on the arrow that they are about: on the way, to a mediator and from it, at what it goes with', () => {
  const [pair, other, ...more] = figure.pairs;
  expect(more).toEqual([]);
  expect(ids(pair.claims)).toBe('H1');
  expect(pair.mediators.map(({ first, second }) => [ids(first), ids(second)])).toEqual([
    ['H2', 'H2c'],
    ['H2 H2d', ''],
  ]);
  expect(pair.conditions.map(({ role, claims: own, place }) => [role, ids(own), place])).toEqual([
    ['moderator', 'H3a H3b', null],
    ['threshold', 'H4', 0.123456],
  ]);
  expect([ids(other.claims), other.mediators, other.conditions]).toEqual(['H5', [], []]);
});

test('a way to a variable that mediates nothing is an arrow of its own', () => {
  const [first, second] = frameworkFigure({
    ...{ id: 'f', number: '1', title: 'F', notes: [], isSynthetic: false, nameOf: (name: string) => name },
    claims: [on('H1', 'supported'), on('H2', 'supported', { to: 'm' })],
  }).pairs;
  expect([first.to, second.to]).toEqual(['y', 'm']);
});

test.each(languages)(
  'drawn in %s: in both widths, every claim by name, verdicts by symbol, line and word',
  async (language) => {
    for (const width of ['column', 'page'] as const) {
      const svg = renderFigure(figure, language, { width });
      await expect(svg).toMatchFileSnapshot(`../document/golden/framework-${width}.${language}.svg`);
      for (const { claim } of claims) expect(svg).toContain(`>${claim.id}</text>`);
      const words = ['supported', 'partly', 'not-supported', 'untested'] as const;
      for (const word of words) expect(svg).toContain(`>${formatText({ key: `framework.${word}` }, language)}</text>`);
      const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
    }
    const [, told = ''] = /<desc>([^<]*)<\/desc>/.exec(renderFigure(figure, language)) ?? [];
    expect(told).toContain('0.1235');
    expect(told.match(/H\d/g)).toHaveLength(claims.length + 1);
  },
);

import { describe, expect, it } from 'vitest';
import { nearestName, nearestNames, nearestOrLonger } from './nearest-name.ts';

describe('nearestName', () => {
  it('takes a slip of at most a third of the letters', () => {
    expect(nearestName('clustre', ['cluster', 'iid'])).toBe('cluster');
    expect(nearestName('clxxxer', ['cluster', 'iid'])).toBeNull();
    expect(nearestName('IID', ['hc1', 'iid'])).toBe('iid');
    expect(nearestName('ab', ['cd'])).toBeNull();
  });

  it.each([
    ['a   b', 'a b'],
    ['ab', 'a b'],
    ['人均GDP', '人均 GDP'],
    ['地区 生产 总值', '地区生产总值'],
    ['a\u3000b', 'a b'],
    ['a\u200bb', 'ab'],
  ])('%j has the letters of %j', (typed, name) => {
    expect(nearestName(typed, ['other', name])).toBe(name);
  });

  it('takes the first of equally near ones', () => {
    expect(nearestName('hc4', ['hc1', 'hc2', 'hc3'])).toBe('hc1');
    expect(nearestNames('hc4', ['hc1', 'hc2', 'hc3'], 2)).toEqual(['hc1', 'hc2']);
  });

  it('puts the nearest first, by code points', () => {
    expect(nearestNames('石家荘市', ['石家市', '石家庄市', '张家口市'], 5)).toEqual(['石家市', '石家庄市']);
    expect(nearestNames('张家囗市', ['张家港市区', '张家口市'], 5)).toEqual(['张家口市']);
    expect(nearestNames('x', [], 5)).toEqual([]);
  });
});

it('where no name is near, the first that begins with it', () => {
  const sheets = ['Notes', 'Beijing1998', 'Beijing1999', 'Tianjin'];
  expect(nearestOrLonger('Beijing', sheets)).toBe('Beijing1998');
  expect(nearestOrLonger('beij', sheets)).toBe('Beijing1998');
  expect(nearestOrLonger('Tianjin2004', sheets)).toBe('Tianjin');
  expect(nearestOrLonger('Tianjn', sheets)).toBe('Tianjin');
  expect(nearestOrLonger('B', sheets)).toBe(null);
  expect(nearestOrLonger('Shanghai', sheets)).toBe(null);
});

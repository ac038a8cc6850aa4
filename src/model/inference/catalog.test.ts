import { describe, expect, test } from 'vitest';
import type { Expected } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { covarianceMethods, readCovariance } from './catalog.ts';

function refused(text: string): { expected: Expected; suggestion: string | null } {
  try {
    readCovariance(text);
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return error.detail;
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe('reading --vcov', () => {
  test.each([
    ['hc3', { type: 'hc3', by: [] }],
    ['robust', { type: 'hc1', by: [] }],
    ['cluster:city + year', { type: 'cluster', by: ['city', 'year'] }],
    ['cr1:city^year', { type: 'cluster', by: ['city^year'] }],
    ['crv2:city', { type: 'cr2', by: ['city'] }],
    ['cr3:`my city`', { type: 'cr3', by: ['my city'] }],
    ['jk:city', { type: 'jackknife', by: ['city'] }],
    ['nw', { type: 'nw', by: [], lag: null }],
    ['newey-west:3', { type: 'nw', by: [], lag: 3 }],
    ['nw:lag=0', { type: 'nw', by: [], lag: 0 }],
    ['nw:2,kernel=qs', { type: 'nw', by: [], lag: 2, kernel: 'quadratic-spectral' }],
    ['thompson:2', { type: 'thompson', by: [], lag: 2 }],
    ['cluster-kernel:1,kernel=parzen', { type: 'thompson', by: [], lag: 1, kernel: 'parzen' }],
    ['ac:3', { type: 'ac', by: [], lag: 3 }],
    ['kiefer', { type: 'kiefer', by: [] }],
    ['white2:city', { type: 'white2', by: ['city'] }],
    ['pcse', { type: 'pcse', by: [], within: 'time' }],
    ['vcovbk:unit', { type: 'pcse', by: [], within: 'unit' }],
    ['dk:2,time=quarter', { type: 'dk', by: [], lag: 2, time: 'quarter' }],
  ])('%s', (text, request) => {
    expect(readCovariance(text).request).toEqual(request);
  });

  test('conley with all that stands behind it', () => {
    expect(readCovariance('conley:500,kernel=bartlett,lag=2,coords=lat+lon').request).toEqual({
      type: 'conley',
      by: [],
      lag: 2,
      spatial: { cutoffKm: 500, kernel: 'bartlett', pairs: 'period', latitude: 'lat', longitude: 'lon' },
    });
    expect(readCovariance('conley:12.5,pairs=all,coords=lat+lon').request.spatial?.pairs).toBe('all');
  });

  test.each([
    ['hc4', 'hc1'],
    ['cr4:city', 'cr1'],
    ['cluster:id+year,lag=2', 'thompson:2'],
    ['cluster:id+year,bw=3', 'thompson:2'],
    ['nwe', 'nw'],
    ['driscol-kraay', 'driscoll-kraay'],
    ['conly:100', 'conley'],
  ])('%s is near %s', (text, suggestion) => {
    expect(refused(text).suggestion).toBe(suggestion);
  });

  test.each([
    'cr2',
    'cr2:a+b',
    'cr3:a+b',
    'nw:-1',
    'nw:1.5',
    'nw:2,lag=3',
    'nw:2,tme=year',
    'dk:2,time=',
    'hc2:city',
    'white2',
    'white2:a+b',
    'pcse:city',
    'kiefer:3',
    'thompson:2,time=year',
    'cluster:id,lag=2',
    'conley',
    'conley:500',
    'conley:0,coords=a+b',
    'conley:x,coords=a+b',
    'conley:500,coords=a',
    'conley:500,coords=a+b,kernel=gauss',
    'conley:500,coords=a+b,pairs=all,lag=1',
    'conley:500,coords=a+b,lag=one',
  ])('%s is refused', (text) => {
    expect(refused(text).expected).not.toBe('');
  });

  test('names and aliases are one to one', () => {
    const names = covarianceMethods.flatMap((method) => [method.id, ...method.aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const { id, usage } of covarianceMethods) expect(usage.startsWith(id)).toBe(true);
  });

  test('columns that must be complete', () => {
    const panel = { unit: 'city', time: 'year' };
    const needed = (text: string, keys: typeof panel | null = panel): readonly string[] => {
      const { method, request } = readCovariance(text);
      return method.columnsNeeded(request, keys);
    };
    expect(needed('hc2')).toEqual([]);
    expect(needed('cr2:city^year')).toEqual(['city', 'year']);
    expect(needed('nw')).toEqual(['city', 'year']);
    expect(needed('nw:1,time=day')).toEqual(['day']);
    expect(needed('dk')).toEqual(['year']);
    for (const text of ['thompson:1', 'ac', 'kiefer', 'pcse']) expect(needed(text)).toEqual(['city', 'year']);
    expect(needed('conley:9,coords=a+b')).toEqual(['a', 'b', 'city', 'year']);
    expect(needed('conley:9,coords=a+b,pairs=all')).toEqual(['a', 'b']);
    expect(needed('conley:9,coords=a+b', null)).toEqual(['a', 'b']);
  });
});

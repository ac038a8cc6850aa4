import { expect, test } from 'vitest';
import { saidUnit, type Unit } from '../../src/data/source/unit.ts';
import { unitOfExpression } from '../../src/data/source/unit-of-expression.ts';
import { type FuelRow, fuelIndicators } from '../../src/domain/china/source/energy.ts';
import { saidText } from '../../src/output/format/said-text.ts';
import { parseExpression } from '../../src/table/expression/parse.ts';
import { chinaPack, chinaVocabulary, yearbookIndicators } from '../china-pack.ts';

const textOf = (unit: Unit): string => saidText(saidUnit(unit), 'en');

const { measures, indicators: indicatorIds, unitOf: unitOfIndicator } = chinaVocabulary;

/** What the formula of each measure is a number of, by hand. */
const expected: Readonly<Record<string, string>> = {
  cp: '10^4 CNY of the first year per t CO2',
  ip: 'households per person',
  er: 'percent',
};

test('every formula that the program ships adds like units, and is what its measure says', () => {
  for (const { id, formula, option } of measures) {
    for (const text of [formula, ...Object.values(option?.formulas ?? {})]) {
      const { unit, faults } = unitOfExpression(parseExpression(text), unitOfIndicator);
      expect([id, faults]).toEqual([id, []]);
      expect([id, unit === null ? null : textOf(unit)]).toEqual([id, expected[id] ?? 'a pure number']);
    }
  }
});

test('every series of a formula has a unit', () => {
  for (const id of indicatorIds) expect([id, unitOfIndicator(id)]).not.toEqual([id, null]);
  expect(unitOfIndicator('stranger')).toBeNull();
});

/** Words of Chinese units with their powers of ten, one by one. */
const powers: Readonly<Record<string, number>> = { 元: 0, 人: 0, 户: 0, 美元: 0, 吨: 0, 立方米: 0, 千瓦时: 0, 度: 0 };
function powerOf(header: string): number | null {
  const [, prefix, rest] = /^([万亿]?)(.*)$/u.exec(header)!;
  return powers[rest] === undefined ? null : powers[rest] + (prefix === '万' ? 4 : prefix === '亿' ? 8 : 0);
}

test('units that headers may carry are turned into the unit that the indicator declares', () => {
  const fuel = (key: string, baseUnit: string): FuelRow => ({
    key,
    nameZh: key,
    nameEn: key,
    baseUnit,
    kgcePerUnit: null,
  });
  const fuels = fuelIndicators([fuel('coal', 'kg'), fuel('gas', 'm3'), fuel('electricity', 'kWh')], chinaPack.fuels!);
  let checked = 0;
  for (const { id, unit, units: factors } of [...yearbookIndicators, ...fuels]) {
    for (const [header, factor] of Object.entries(factors)) {
      const power = powerOf(header);
      if (power === null) continue;
      checked++;
      expect([id, header, Math.round(Math.log10(factor))]).toEqual([id, header, power - unit.power]);
    }
  }
  expect(checked).toBeGreaterThan(30);
});

test('the unit that a series declares in words is that of its bases', () => {
  const declared = [...Object.values(chinaPack.tables).flat(), ...chinaPack.derived];
  for (const { id, unit } of declared) {
    const isIndex = unit.text.en === 'previous year = 100';
    expect([id, isIndex ? 'percent' : unit.text.en]).toEqual([id, textOf(unit)]);
  }
});

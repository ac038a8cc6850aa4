import { expect, it } from 'vitest';
import { utf8 } from '../../../data/source/utf8.ts';
import { placeIndex } from '../place/place-index.ts';
import { firmPlaces } from './firm-place.ts';

const city = (code: number, name: string, province: string) => ({
  code,
  name,
  province,
  provinceCode: Math.floor(code / 10_000) * 10_000,
  since: null,
  dissolved: null,
});
const gazetteer = [
  city(110000, '北京市', '北京市'),
  city(211300, '朝阳市', '辽宁省'),
  city(330100, '杭州市', '浙江省'),
  city(610100, '西安市', '陕西省'),
  city(230100, '哈尔滨市', '黑龙江省'),
];
const places = firmPlaces(placeIndex(gazetteer, [], { changes: [] }));

function declared(...cells: readonly string[]): number {
  const parts = cells.map(utf8);
  const spans = new Int32Array(6);
  let at = 0;
  parts.forEach((part, i) => {
    spans[2 * i] = at;
    at += part.length;
    spans[2 * i + 1] = at;
  });
  return places.declared(Uint8Array.from(parts.flatMap((part) => [...part])), spans);
}

it.each([
  ['浙江省', '杭州市', '', 330100],
  ['浙江省', '杭州市西湖区', '', 330100],
  ['', '杭州市高新技术产业开发区', '', 330100],
  ['浙江省', '浙江省/杭州市', '', 330100],
  ['浙江省', '浙江省 - 杭州市', '', 330100],
  ['浙江省', '330100', '', 330100],
  // 所在省份 and 地区 of registry dumps
  ['浙江', '杭州', '', 330100],
  ['浙江', '浙江省杭州市', '', 330100],
  ['浙江省', '浙江-杭州-西湖区', '', 330100],
  ['', '浙江省杭州市西湖区', '', 330100],
  ['浙江省', '浙江省', '', 0],
  ['北京市', '北京市朝阳区', '', 110000],
  ['北京市', '市辖区', '', 110000],
  ['北京市', '朝阳区', '', 110000],
  // Districts that are called like a city elsewhere, and what names none
  ['黑龙江省', '西安区', '', 0],
  ['吉林省', '朝阳区', '', 0],
  ['浙江省', '高新技术产业开发区', '', 0],
  ['', '开发区', '', 0],
  ['浙江省', '', '', 0],
])('%s | %s | %s', (province, name, district, expected) => {
  expect(declared(province, name, district)).toBe(expected);
});

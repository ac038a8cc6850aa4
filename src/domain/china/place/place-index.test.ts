import { describe, expect, it } from 'vitest';
import { studyPlaces } from '../../../../test/study-places.ts';
import type { PlaceAnswer } from '../../../data/source/places.ts';
import { placeIndex } from './place-index.ts';

const { gazetteer, aliases, changes } = studyPlaces();
const index = placeIndex(gazetteer, aliases, { changes });

interface Written {
  readonly code?: string;
  readonly province?: string;
  readonly name?: string;
  readonly year?: number;
}

function resolve({ code, province, name, year }: Written): PlaceAnswer {
  const query = { code: code ?? null, province: province ?? null, name: name ?? null, year: year ?? null };
  const answer = index.resolve(query);
  return answer.place === null ? { ...answer, nearest: index.nearest(query) } : answer;
}

const found = (place: number, rule: string) => ({ place, rule });
const failed = (reason: string, ...nearest: string[]) => ({ place: null, reason, nearest });

describe('by code', () => {
  it.each<[Written, object]>([
    [{ code: '110000' }, found(110000, 'exact')],
    [{ code: '１３０１００' }, found(130100, 'exact')],
    [{ code: '130100.0' }, found(130100, 'city-code')],
    [{ code: '130100000000' }, found(130100, 'city-code')],
    [{ code: '130102', name: '长安区' }, found(130100, 'city-code')],
    [{ code: '110105', name: '朝阳区' }, found(110000, 'city-code')],
    [{ code: '110105', name: '朝阳' }, found(110000, 'city-code')],
    [{ code: '110228' }, found(110000, 'city-code')],
    [{ code: '500101', name: '万州区' }, found(500000, 'city-code')],
    [{ code: '500235', province: '重庆', name: '县' }, found(500000, 'city-code')],
    [{ code: '420606', name: '市辖区' }, found(420600, 'city-code')],
    [{ code: '420600', name: '襄樊市', year: 2015 }, found(420600, 'exact')],
    [{ code: '441900', name: '東莞市' }, found(441900, 'exact')],
    [{ code: '340181', name: '巢湖市', year: 2015 }, found(340100, 'city-code')],
  ])('%o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it.each<[Written, object]>([
    [{ code: '522400', year: 2010 }, found(520500, 'city-code')],
    [{ code: '522422', year: 2010 }, found(520500, 'city-code')],
    [{ code: '522422' }, found(520500, 'city-code')],
    [{ code: '522400', year: 2012 }, failed('unknown', '毕节市')],
    [{ code: '522400', name: '毕节市', year: 2012 }, found(520500, 'city-name')],
    [{ code: '522400', name: '铜仁市', year: 2012 }, failed('contradiction', '铜仁市', '毕节市')],
    [{ code: '371200', year: 2018 }, found(371200, 'exact')],
    [{ code: '371202', year: 2018 }, found(371200, 'city-code')],
    [{ code: '371200', year: 2019 }, failed('unknown', '莱芜市', '济南市')],
    [{ code: '371200', name: '济南市', year: 2019 }, found(370100, 'city-name')],
    [{ code: '341400', year: 2010 }, found(341400, 'exact')],
    [{ code: '341400', year: 2011 }, failed('unknown', '巢湖市', '合肥市', '芜湖市', '马鞍山市')],
  ])('old codes hold in their time: %o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it.each<[Written, object]>([
    [{ code: '130000' }, failed('no-unit')],
    [{ code: '130000', name: '河北省' }, failed('no-unit')],
    [{ code: '429004', name: '仙桃市' }, failed('no-unit')],
    [{ code: '419001' }, failed('no-unit')],
    [{ code: '469025' }, failed('no-unit')],
    [{ code: '532900', name: '大理州' }, failed('no-unit')],
    [{ code: '532901' }, failed('no-unit')],
    [{ code: '422801', name: '恩施市' }, failed('no-unit')],
    [{ code: '710000' }, failed('no-unit')],
    [{ code: '999999' }, failed('unknown')],
    [{ code: '1301' }, failed('unknown')],
    [{ code: '1.3E+05' }, failed('unknown')],
  ])('what is no city: %o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it.each<[Written, object]>([
    [{ code: '320500', name: '宿州市' }, failed('contradiction', '苏州市', '宿州市')],
    [{ code: '441900', name: '蘇州市' }, failed('contradiction', '东莞市', '苏州市')],
    [{ code: '130100', name: '吉林省' }, failed('contradiction', '石家庄市', '吉林省')],
    [{ code: '220200', name: '吉林省' }, failed('contradiction', '吉林市', '吉林省')],
    [{ code: '530100', name: '大理州' }, failed('contradiction', '昆明市', '大理州')],
    [{ code: '130000', name: '石家庄市' }, failed('contradiction', '石家庄市', '河北省')],
    [{ code: '230700', province: '江西省', name: '宜春市' }, failed('contradiction', '伊春市', '宜春市', '江西省')],
    [{ code: '211300', name: '襄樊市', year: 2015 }, failed('contradiction', '朝阳市', '襄阳市')],
  ])('code and name that contradict each other: %o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it('takes the name beside a code of no division, and not silently', () => {
    expect(resolve({ code: '17', name: '北京市' })).toEqual(found(110000, 'city-name'));
  });
});

describe('by name', () => {
  it.each<[Written, object]>([
    [{ name: '北京' }, found(110000, 'city-name')],
    [{ name: '北京市' }, found(110000, 'exact')],
    [{ province: '北京市', name: '北京市' }, found(110000, 'exact')],
    [{ province: '上海市' }, found(310000, 'city-name')],
    [{ province: '上海市', name: '市辖区' }, found(310000, 'city-name')],
    [{ name: '石　家 庄 市' }, found(130100, 'exact')],
    [{ name: '湖北襄阳' }, found(420600, 'city-name')],
    [{ name: '湖北省襄阳市' }, found(420600, 'city-name')],
    [{ name: '巴彦淖尔盟', year: 2003 }, found(150800, 'city-name')],
    [{ name: '呼伦贝尔盟', year: 2000 }, found(150700, 'city-name')],
    [{ name: '呼伦贝尔', year: 2010 }, found(150700, 'city-name')],
    [{ name: '荷泽市' }, found(371700, 'city-name')],
  ])('%o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it.each<[Written, object]>([
    [{ name: '襄樊', year: 2010 }, found(420600, 'city-name')],
    [{ name: '襄樊市' }, found(420600, 'city-name')],
    [{ name: '襄樊', year: 2011 }, failed('unknown', '襄阳市')],
    [{ name: '襄阳市', year: 2005 }, found(420600, 'exact')],
    [{ name: '思茅市', year: 2006 }, found(530800, 'city-name')],
    [{ name: '思茅市', year: 2008 }, failed('unknown', '普洱市')],
    [{ name: '淮阴市', year: 2000 }, found(320800, 'city-name')],
    [{ name: '毕节地区', year: 2011 }, found(520500, 'city-name')],
    [{ name: '毕节地区', year: 2012 }, failed('unknown', '毕节市')],
    [{ name: '巢湖市', year: 2010 }, found(341400, 'exact')],
    [{ name: '巢湖市' }, found(341400, 'exact')],
    [{ name: '巢湖市', year: 2015 }, failed('no-unit', '巢湖市', '合肥市', '芜湖市', '马鞍山市')],
    [{ name: '莱芜', year: 2018 }, found(371200, 'city-name')],
    [{ name: '莱芜', year: 2019 }, failed('unknown', '莱芜市', '济南市')],
  ])('names hold in their time: %o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it.each<[Written, object]>([
    [{ name: '吉林' }, failed('ambiguous', '吉林市')],
    [{ name: '吉林市' }, found(220200, 'exact')],
    [{ name: '吉林省' }, failed('no-unit')],
    [{ province: '吉林省', name: '吉林' }, found(220200, 'city-name')],
    [{ province: '吉林', name: '吉林' }, failed('ambiguous', '吉林市')],
    [{ province: '吉林', name: '吉林市' }, found(220200, 'exact')],
    [{ name: '海南' }, failed('no-unit')],
    [{ name: '海南州' }, failed('no-unit')],
    [{ province: '青海省', name: '海南' }, failed('no-unit')],
    [{ name: '朝阳' }, failed('ambiguous', '朝阳市')],
    [{ name: '朝阳市' }, found(211300, 'exact')],
    [{ province: '辽宁省', name: '朝阳' }, found(211300, 'city-name')],
    [{ province: '北京市', name: '朝阳' }, failed('no-unit', '朝阳市')],
    [{ province: '吉林省', name: '朝阳' }, failed('no-unit', '朝阳市')],
    [{ province: '河南省', name: '朝阳' }, failed('contradiction', '朝阳市')],
    [{ province: '江苏省', name: '宿州市' }, failed('contradiction', '宿州市')],
    [{ name: '大理州' }, failed('no-unit')],
    [{ name: '恩施州' }, failed('no-unit')],
    [{ name: '全国' }, failed('no-unit')],
    [{ name: '河北省小计' }, failed('no-unit')],
    [{ province: '河北省' }, failed('no-unit')],
    [{ province: '河北省', name: '市辖区' }, failed('no-unit')],
    [{}, failed('empty')],
    [{ name: ' 　' }, failed('empty')],
  ])('homonyms and subtotals: %o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it.each([
    ['伊春市', '宜春市', 230700, 360900],
    ['苏州市', '宿州市', 320500, 341300],
    ['泰州市', '台州市', 321200, 331000],
    ['福州市', '抚州市', 350100, 361000],
    ['榆林市', '玉林市', 610800, 450900],
  ])('%s and %s differ by a character, not by their sound', (a, b, cityA, cityB) => {
    expect(resolve({ name: a })).toEqual(found(cityA, 'exact'));
    expect(resolve({ name: b })).toEqual(found(cityB, 'exact'));
    expect(resolve({ name: a.slice(0, -1) })).toEqual(found(cityA, 'city-name'));
    expect(resolve({ name: b.slice(0, -1) })).toEqual(found(cityB, 'city-name'));
  });

  it.each(['Suzhou', 'suzhou shi', 'sūzhōu'])('pinyin finds nothing: %s', (name) => {
    expect(resolve({ name })).toEqual(failed('unknown'));
  });

  it('offers names that differ by a character, those of the province first', () => {
    expect(resolve({ name: '襄芳市' })).toEqual(failed('unknown', '襄阳市'));
    expect(resolve({ name: '石家荘市' })).toEqual(failed('unknown', '石家庄市'));
    const near = resolve({ province: '河南省', name: '贵阳市'.replace('贵', '某') });
    expect(near.place === null && near.nearest.slice(0, 4)).toEqual(['洛阳市', '安阳市', '濮阳市', '南阳市']);
  });
});

describe('in traditional characters', () => {
  it.each<[Written, object]>([
    [{ name: '廣東省東莞市' }, found(441900, 'traditional')],
    [{ province: '廣東省', name: '東莞市' }, found(441900, 'traditional')],
    [{ province: '廣東省', name: '中山市' }, found(442000, 'traditional')],
    [{ name: '蘇州' }, found(320500, 'traditional')],
    [{ name: '煙臺市' }, found(370600, 'traditional')],
    [{ name: '襄樊市', year: 2005 }, found(420600, 'city-name')],
    [{ name: '畢節地區', year: 2005 }, found(520500, 'traditional')],
    [{ name: '內蒙古' }, failed('no-unit')],
    [{ province: '江蘇省', name: '宿州市' }, failed('contradiction', '宿州市')],
    [{ name: '嘉義市' }, failed('unknown', '嘉兴市', '遵义市')],
  ])('%o', (written, expected) => expect(resolve(written)).toEqual(expected));

  it('takes the converter that it is given', () => {
    const plain = placeIndex(gazetteer, aliases, { simplify: (text) => text });
    expect(plain.resolve({ code: null, province: null, name: '蘇州市', year: null }).place).toBeNull();
  });
});

import type { RandomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import {
  boilerplates,
  brandSecond,
  countiesInCity,
  homonymDistricts,
  nearDenials,
  plainPhrases,
  roads,
  syntheticMark,
} from '../raw/firm-words.ts';
import { madeUpCode, withWrongDigit } from '../raw/made-up-code.ts';
import type { FirmChangeKind } from './firm-key.ts';

/** Cells of a registry row by field; those that the plain table lacks are empty in it. */
export interface FirmCells {
  name: string;
  former: string;
  uscc: string;
  founded: string;
  status: string;
  province: string;
  city: string;
  district: string;
  address: string;
  type: string;
  insured: string;
  capital: string;
  scope: string;
  industry: string;
}

/** What a change may ask for. */
export interface FirmContext {
  readonly random: RandomStream;
  /** Six digits, of the firm's city. */
  readonly code: number;
  readonly province: string;
  readonly city: string;
  /** A number that no other row of any file has. */
  readonly serial: number;
}

/** The division of the national registering authority: it names no city. */
const nationalDivision = 100_000;
/** Some exports end a scope here. */
const scopeLimit = 500;

/** Each writes the row of a firm in another way: city, year and keyword stay what they are. */
export const firmChanges: Readonly<Record<FirmChangeKind, (cells: FirmCells, context: FirmContext) => void>> = {
  'date-format': (cells, { random }) => {
    cells.founded = pickOne(dateForms, random)(cells.founded.split('-'));
  },
  'city-name': (cells, { random, province, city, serial }) => {
    // No city in the code: only what is declared tells.
    cells.uscc = madeUpCode(nationalDivision, serial);
    cells.address = '';
    Object.assign(cells, pickOne(cityForms, random)(province, city));
  },
  'city-in-address': (cells, { random, province, city, serial }) => {
    cells.uscc = madeUpCode(nationalDivision, serial);
    const place = pickOne(addressForms, random)(province, city);
    cells.address = `${place}${pickOne(roads, random)}${1 + random.integer(900)}号`;
    clearPlace(cells, random);
  },
  'city-in-code': (cells, { random }) => {
    cells.address = '';
    clearPlace(cells, random);
  },
  'county-in-city': (cells, { random, province }) => {
    cells.city = pickOne([...countiesInCity, ...(homonymDistricts[province] ?? [])], random);
  },
  'code-check-digit': (cells, { random }) => {
    cells.uscc = withWrongDigit(cells.uscc, 1 + random.integer(30));
  },
  'code-missing': (cells, { random, serial }) => {
    cells.uscc = random.integer(2) === 0 ? '-' : '';
    // Now only name and date tell the firm: the name must be its own.
    cells.name = cells.name.replace(syntheticMark, `${syllables(serial)}${syntheticMark}`);
  },
  'code-cut': (cells, { code, serial }) => {
    // A number of 15 digits as a spreadsheet shows it; what is left is no code.
    cells.uscc = `${String(code)[0]}.${String(code).slice(1)}E+14`;
    cells.name = cells.name.replace(syntheticMark, `${syllables(serial)}${syntheticMark}`);
  },
  'old-number': (cells, { code, serial }) => {
    cells.uscc = `${code}${String(serial % 1_000_000_000).padStart(9, '0')}`;
  },
  'full-width': (cells) => {
    cells.uscc = wide(cells.uscc);
    cells.founded = wide(cells.founded);
    cells.city = `\u3000${cells.city}\u3000`;
    cells.name = cells.name.replaceAll('（', '(').replaceAll('）', ')');
  },
  boilerplate: (cells, { random }) => {
    const [before, after] = pickOne(boilerplates, random);
    cells.scope = `${before}${cells.scope}${after}`;
  },
  'near-denial': (cells, { random }) => {
    const [before, after] = pickOne(nearDenials, random);
    cells.scope = `${before}${cells.scope.replaceAll('；', '、')}${after}`;
  },
  'scope-cut': (cells, { random }) => {
    let scope = cells.scope;
    while (scope.length <= scopeLimit) scope += `；${pickOne(plainPhrases, random)}`;
    cells.scope = scope.slice(0, scopeLimit);
  },
  'quoted-cell': (cells) => {
    cells.scope = `"一般项目":货物进出口,技术进出口\n${cells.scope.replace('；', ',\r\n')}`;
  },
};

const withoutCity = (city: string): string => city.replace(/市$/, '');

type PlaceForm = (province: string, city: string) => Partial<FirmCells>;
/** A city as other exports declare it. */
const cityForms: readonly PlaceForm[] = [
  (_, city) => ({ city: withoutCity(city) }),
  (_, city) => ({ province: '', city }),
  (province, city) => ({ province: '', city: province === city ? city : `${province}${city}` }),
  (province, city) => ({ province: `${province === city ? '' : province}${city}`, city: '' }),
  (_, city) => ({ city: `${city}高新区` }),
  (province, city) => ({ city: `${province}/${city}` }),
  (province, city) => ({ city: ` ${province} ${city} ` }),
];

/** The head of an address. */
const addressForms: readonly ((province: string, city: string) => string)[] = [
  (province, city) => `${province === city ? '' : province}${city}`,
  (_, city) => city,
  (province, city) => `中国（${province.replace(/(?:壮族|回族|维吾尔)?自治区$|[省市]$/, '')}）自由贸易试验区${city}`,
  (province, city) => `${province} ${city} `,
];

type DateForm = (parts: readonly string[]) => string;
const dateForms: readonly DateForm[] = [
  ([y, m, d]) => `${y}/${Number(m)}/${Number(d)}`,
  ([y, m, d]) => `${y}${m}${d}`,
  ([y, m, d]) => `${y}年${Number(m)}月${Number(d)}日`,
  ([y, m, d]) => `${y}.${m}.${d}`,
  ([y, m, d]) => `${y}-${m}-${d} 00:00:00`,
  ([y, m, d]) => `${y}-${m}-${d}T00:00:00.000Z`,
  ([y, m, d]) => `${y}/${m}/${d} 0:00`,
  ([y, m, d]) => `${y} 年 ${Number(m)} 月 ${Number(d)} 日`,
  // Days from 1899-12-30, as spreadsheets count.
  ([y, m, d]) => String((Date.UTC(Number(y), Number(m) - 1, Number(d)) - Date.UTC(1899, 11, 30)) / 86_400_000),
];

function clearPlace(cells: FirmCells, random: RandomStream): void {
  const mark = random.integer(2) === 0 ? '' : '-';
  cells.province = mark;
  cells.city = mark;
  cells.district = '';
}

/** The number to base 20 in syllables. */
function syllables(serial: number): string {
  let text = '';
  for (let rest = serial; rest > 0; rest = Math.floor(rest / brandSecond.length))
    text += brandSecond[rest % brandSecond.length];
  return text;
}

/** Letters, digits and hyphens in full width. */
function wide(text: string): string {
  return text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

import { at } from '../../../../error/at.ts';
import type { RandomStream } from '../../../../math/random/philox.ts';
import type { TableFaultKind } from './contract.ts';
import { isPlainNumber } from './decimal-text.ts';
import { cityRows, columnOf, type DraftColumn, plant, type TableDraft } from './draft.ts';

type ColumnFault = (draft: TableDraft, random: RandomStream) => void;

/** Other headers of the same column, its unit kept. */
const headerAliases: Readonly<Record<string, readonly string[]>> = {
  地区生产总值: ['地区GDP', '生产总值', 'GDP'],
  年末户籍人口: ['年末总人口', '户籍人口'],
  地方一般公共预算支出: ['地方财政一般预算内支出', '财政支出'],
  当年实际使用外资金额: ['实际使用外资', '当年实际利用外资'],
  科学技术支出: ['科学支出', '科技支出'],
  固定资产投资: ['固定资产投资(不含农户)', '全社会固定资产投资'],
  年末金融机构人民币各项存款余额: ['年末金融机构存款余额'],
  年末金融机构人民币各项贷款余额: ['年末金融机构贷款余额'],
  普通本专科在校学生数: ['普通高等学校在校学生数'],
  互联网宽带接入用户数: ['国际互联网用户数'],
  一般工业固体废物综合利用率: ['工业固体废物综合利用率'],
  绿色发明专利申请量: ['绿色发明申请量'],
  绿色实用新型专利申请量: ['绿色实用新型申请量'],
  行政区划代码: ['城市代码', '地区代码'],
  城市: ['地区', '城市名称'],
  省份: ['所属省份'],
  年份: ['年度'],
  能源品种: ['品种'],
  消费量: ['消费数量'],
  单位: ['计量单位'],
};

/** Faults of headers and of columns as a whole. */
export const columnFaults: Readonly<Partial<Record<TableFaultKind, ColumnFault>>> = {
  'header-alias': (draft, random) => {
    for (const column of draft.columns) {
      const [, name = '', unit] = /^([^()]*)(\(.*\))?$/.exec(column.header) ?? [];
      const others = headerAliases[name];
      if (others === undefined || random.integer(2) === 0) continue;
      const before = column.header;
      // Full-width brackets are as usual in Chinese tables.
      const brackets = (unit ?? '').replace('(', '（').replace(')', '）');
      column.header = others[random.integer(others.length)] + (random.integer(2) === 0 ? brackets : (unit ?? ''));
      plant(draft, 'header-alias', { row: 'header', column, before, after: column.header });
    }
  },
  'district-column': (draft, random) => {
    const place = draft.columns.findIndex(({ indicator }) => indicator === 'population' || indicator === 'gdp');
    if (place < 0) return;
    const whole = at(draft.columns, place);
    const [name, unit] = whole.header.split(/(?=[(（][^()（）]*[)）]$)/);
    const header = `${name}_市辖区${unit ?? ''}`;
    const districts: DraftColumn = { header, below: '', role: 'districts', indicator: null };
    draft.columns.splice(place + random.integer(2), 0, districts);
    for (const row of cityRows(draft)) {
      const text = row.cells.get(whole) ?? '';
      const share = 30 + random.integer(40);
      row.cells.set(districts, isPlainNumber(text) ? String(Math.round(Number(text) * share) / 100) : text);
    }
    plant(draft, 'district-column', { row: 'header', column: districts, after: header });
  },
  'no-codes': (draft) => {
    const code = columnOf(draft, 'code');
    if (code === undefined || columnOf(draft, 'name') === undefined || columnOf(draft, 'province') === undefined)
      return;
    draft.columns.splice(draft.columns.indexOf(code), 1);
    plant(draft, 'no-codes', { before: code.header });
  },
  'column-order': (draft, random) => {
    for (let i = draft.columns.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [draft.columns[i], draft.columns[j]] = [at(draft.columns, j), at(draft.columns, i)];
    }
    plant(draft, 'column-order', {});
  },
  'header-rows': (draft) => {
    let split = 0;
    for (const column of draft.columns) {
      const match = /^(.*)[(（]([^()（）]*)[)）]$/.exec(column.header);
      if (match === null || (column.role !== 'value' && column.role !== 'districts')) continue;
      column.header = at(match, 1);
      column.below = at(match, 2);
      split++;
    }
    if (split > 0) plant(draft, 'header-rows', { row: 'header' });
  },
  'title-rows': (draft, random) => {
    draft.titles.push('各城市主要统计指标');
    if (random.integer(2) === 0) draft.titles.push('续表');
    plant(draft, 'title-rows', { row: 'header' });
  },
};

import { readNumber } from './cell.ts';

/** Notes begin with one of these. */
const footnote =
  /^(?:[①-⑳*#]?\s*(?:注|备注|说明|附注|资料来源|数据来源|数据说明|来源|出处|制表|制图|编制|note|notes|source|sources)(?:[\s:：.(（]|$))/iu;
/** What vendors and web pages print into a table. */
const banner =
  /^(?:@|©|\(c\)|https?:|www\.)|版权|下载自|下载于|下载时间|导出时间|查询时间|更新时间|数据库|数据平台|数据网|公众号|微信|淘宝|copyright|all rights reserved|downloaded|exported|csmar|国泰安|cnrds|^eps|epsnet|^wind|万得|ceic|仅供|严禁|@/iu;

/** Whether a text is a vendor's banner: no part of any table. */
export function isBanner(text: string): boolean {
  const plain = text.normalize('NFKC').trim();
  return (
    plain !== '' && (banner.test(plain) || /^(?:资料|数据)?来源\s*[:：]/u.test(plain)) && !readNumber(plain).isReadable
  );
}

/** A note: it says so, it is a vendor's banner, or one lone cell of prose. */
export function isFootnote(row: readonly string[], code: string, name: string): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  const first = filled[0].normalize('NFKC').trim();
  if (footnote.test(first) || /^(?:注|备注|说明|资料来源|数据来源|附注)/u.test(first)) return true;
  if (filled.every((cell) => cell === filled[0] || isBanner(cell)) && isBanner(filled[0])) return true;
  if (filled.length > 1) return false;
  return (code === '' && name === '') || first.length > 12 || /^[①-⑳*]/u.test(filled[0].trim());
}

/** What a row has outside the columns of its table. */
export interface OutsideCell {
  readonly column: number;
  readonly text: string;
}

/** Filled cells of a row right of the table or in columns without a header. */
export function cellsOutside(row: readonly string[], width: number, unnamed: readonly number[]): OutsideCell[] {
  const inside = unnamed.flatMap((column) =>
    (row[column] ?? '').trim() === '' ? [] : [{ column, text: row[column] }],
  );
  const right = row.slice(width).flatMap((text, i) => (text.trim() === '' ? [] : [{ column: width + i, text }]));
  return [...inside, ...right];
}

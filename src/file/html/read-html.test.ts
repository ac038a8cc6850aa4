import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { readHtml } from './read-html.ts';

const rowsOf = (html: string): string[][] => readHtml(Buffer.from(html), 'a.xls')[0].rows as string[][];

describe('readHtml', () => {
  it.each<[string, string, string[][]]>([
    [
      'cells and headers',
      '<table><tr><th>a<th>b<tr><td>1<td>2</table>',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'text as it is written',
      '<table><tr><td>007</td><td>1,234.50</td><td>12%</td></tr></table>',
      [['007', '1,234.50', '12%']],
    ],
    ['blanks of the source', '<table><tr><td>\n  a\n   b </td></tr></table>', [['a b']]],
    [
      'line breaks',
      '<table><tr><td>地区<br/>生产总值</td><td><p>x</p><p>y</p></td></tr></table>',
      [['地区\n生产总值', 'x\ny']],
    ],
    [
      'references',
      '<table><tr><td>A&amp;B&nbsp;&lt;c&gt; &#20013;&#x56fd; &eacute;&Ouml;&ndash;&bogus;</td></tr></table>',
      [['A&B <c> 中国 éÖ–&bogus;']],
    ],
    ['numbers of Windows-1252', '<table><tr><td>&#146;s &#128;</td></tr></table>', [['’s €']]],
    [
      'a merged header',
      '<table><tr><td colspan=2>t</td><td>u</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>',
      [
        ['t', '', 'u'],
        ['1', '2', '3'],
      ],
    ],
    [
      'rows merged',
      '<table><tr><td rowspan="2">t</td><td>1</td></tr><tr><td>2</td></tr><tr><td>u</td><td>3</td></tr></table>',
      [
        ['t', '1'],
        ['', '2'],
        ['u', '3'],
      ],
    ],
    [
      'both merged',
      '<table><tr><td rowspan=2 colspan=2>t</td><td>1</td></tr><tr><td>2</td></tr></table>',
      [
        ['t', '', '1'],
        ['', '', '2'],
      ],
    ],
    [
      'the full number that Excel keeps',
      '<table><tr><td x:num="1234.56789">1,234.57</td><td x:num>12</td></tr></table>',
      [['1234.56789', '12']],
    ],
    [
      'scripts, styles, comments',
      '<style>td{}</style><table><!-- <tr><td>no</td></tr> --><tr><td>a<script>1<2</script></td></tr></table>',
      [['a']],
    ],
    [
      'a caption and a unit above',
      '<h1>GDP</h1><p>单位：万元</p><table><tr><td>a</td><td>b</td></tr></table>',
      [['GDP'], ['单位：万元'], ['a', 'b']],
    ],
    [
      'a table that lays out',
      '<table><tr><td>menu</td><td><table><tr><td>a</td></tr></table></td></tr></table>',
      [['a']],
    ],
    ['sections and no end tags', '<TABLE><THEAD><TR><TD>a</THEAD><TBODY><TR><TD>1', [['a'], ['1']]],
    ['a < that opens nothing', '<table><tr><td>a < b</td><td>p<0.05</td></tr></table>', [['a < b', 'p<0.05']]],
    ['attributes with >', '<table><tr><td title="a>b">x</td></tr></table>', [['x']]],
  ])('%s', (_, html, rows) => {
    expect(rowsOf(html)).toEqual(rows);
  });

  it('takes each table of a page that has several', () => {
    const sheets = readHtml(
      Buffer.from('<table><tr><td>a</td></tr></table>t<table><tr><td>b</td></tr></table><table></table>'),
      'a.xls',
    );
    expect(sheets.map(({ sheet, rows }) => [sheet, rows])).toEqual([
      ['table 1', [['a']]],
      ['table 2', [['t'], ['b']]],
    ]);
  });

  it.each([
    ['gb2312', 'gbk', 'gb18030'],
    ['GBK', 'gbk', 'gb18030'],
    ['utf-8', 'utf8', 'utf-8'],
    ['utf-8', 'gbk', 'gb18030'],
    ['gb2312', 'utf8', 'utf-8'],
    ['big5', 'big5', 'big5'],
    ['unicode-of-nobody', 'utf8', 'utf-8'],
  ])('a page that says %s and is in %s', (said, written, encoding) => {
    const html = `<html><meta http-equiv="Content-Type" content="text/html; charset=${said}"><table><tr><td>地區生產總值北京</td></tr></table>`;
    const [{ rows, reading }] = readHtml(iconv.encode(html, written), 'a.xls');
    expect(rows).toEqual([['地區生產總值北京']]);
    expect(reading.encoding).toBe(encoding);
  });

  it('does not grow with wide and tall merged cells', () => {
    const wide = '<tr><td colspan="16384">t</td></tr>'.repeat(2000);
    expect(readHtml(Buffer.from(`<table>${wide}</table>`), 'a.xls')[0].rows[0]).toEqual(['t']);
    const tall = '<tr><td rowspan="1048576">t</td></tr>'.repeat(200);
    expect(readHtml(Buffer.from(`<table>${tall}</table>`), 'a.xls')[0].rows[1]).toEqual(['', 't']);
  });

  it('refuses a page without a table', () => {
    const read = () => readHtml(Buffer.from('<html><body>404 Not Found</body></html>'), 'a.xls');
    expect(read).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
    try {
      read();
    } catch (error) {
      expect(isStudyError(error, 'file-unreadable') && error.detail.reason).toBe('web-page');
    }
  });
});

import { expect, test } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

test.each([
  ['There is no file https://me:pw@host/a.csv (data).', 'There is no file https://…@host/a.csv (data).'],
  ['https://host/a.csv?token=abc and', 'https://host/a.csv?… and'],
  ['"https://host/a.csv?sig=a%2Fb&key=x.y:z/w", then', '"https://host/a.csv?…", then'],
  ['s3://key:secret@bucket/x#frag', 's3://…@bucket/x#…'],
  ['https://me:p/w?d@host/a.csv', 'https://…@host/a.csv'],
  ['找不到文件https://u:p@host/表.csv?k=v（数据）。', '找不到文件https://…@host/表.csv?…（数据）。'],
  ['postgres://user:p@ss@host:5432/db', 'postgres://…@host:5432/db'],
])('%s', (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});

test.each(['C:\\data\\a.csv', 'a/b::c', 'x?y=1', 'me@host', 'https://host/a.csv', 'y ~ x | a^b'])(
  '%s stays',
  (text) => {
    expect(withoutSecrets(text)).toBe(text);
  },
);

import { z } from 'zod';
import { ledgerRules } from '../../../data/clean/ledger.ts';
import { falsePositiveRisks } from './keyword.ts';
import { type FirmScan, leftOutReasons } from './scan-contract.ts';

const count = z.int().nonnegative();
const whole = z.int();
const texts = z.array(z.string());
/** By hand: a scan has some hundred thousand of them, for which a schema takes four times as long as JSON.parse. */
const counts = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0),
);

/** A scan as it is kept between runs. */
export const scanSchema: z.ZodType<FirmScan> = z.object({
  keywords: z.array(
    z.object({
      word: z.string(),
      traditional: texts,
      synonyms: texts,
      latin: texts,
      risk: z.enum(falsePositiveRisks).nullable(),
      exclusions: z.array(z.object({ phrase: z.string(), unless: texts })),
    }),
  ),
  cells: z.array(z.object({ city: whole, year: whole, firms: count, only: counts })),
  byKeyword: z.array(z.object({ keyword: count, year: whole, firms: count })),
  only: counts,
  account: z.object({
    files: z.array(z.object({ path: z.string(), rows: count, encoding: z.string(), delimiter: z.string() })),
    rows: count,
    broken: count,
    trapped: count,
    denied: count,
    hitRows: count,
    duplicates: count,
    firms: count,
    counted: count,
    leftOut: z.record(z.enum(leftOutReasons), count),
    codes: z.object({ missing: count, malformed: count, checkDigit: count }),
    closedWithoutDate: count,
  }),
  sample: z.array(
    z.object({
      file: z.string(),
      line: count,
      uscc: z.string(),
      name: z.string(),
      scope: z.string(),
      city: whole,
      year: whole,
      keywords: texts,
    }),
  ),
  ledger: z.array(
    z.object({
      file: z.string(),
      sheet: z.string().nullable(),
      row: count.nullable(),
      column: count.nullable(),
      before: z.string(),
      after: z.string().nullable(),
      rule: z.enum(ledgerRules),
      place: whole.nullable(),
      year: whole.nullable(),
      indicator: z.string().nullable(),
    }),
  ),
});

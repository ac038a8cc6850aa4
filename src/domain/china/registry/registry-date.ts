import { at } from '../../../error/at.ts';

/** A day as the number yyyymmdd; month and day are 0 when the text has none. What is no date: */
export const noDate = 0;
export const badDate = -1;

const dayMs = 86_400_000;
/** Day 0 of Excel's count, the leap day of 1900 that never was included. */
const excelEpoch = Date.UTC(1899, 11, 30);
/** Excel serials of 1927-05-18 … 2063-10-09: what five digits may be. */
const firstSerial = 10_000;
const lastSerial = 59_999;

/**
 * The date in `bytes[start … end - 1]`: 2015-03-02, 2015/3/2, 2015.3.2, 20150302, 2015年3月2日, a year alone, an Excel
 * serial; blanks between the parts and a time behind them are passed over. Full-width digits are the caller's business.
 * @returns yyyymmdd; `noDate` for an empty cell or a dash; `badDate` for anything else
 */
export function readDate(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 10 && bytes[start + 4] === 45 && bytes[start + 7] === 45) {
    const century = twoDigits(bytes, start);
    const year = twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5);
    const day = twoDigits(bytes, start + 8);
    if ((century | year | month | day) >= 0) return checked(century * 100 + year, month, day);
  }
  return readAnyDate(bytes, start, end);
}

/** Value of two digits at `p`, -1 for anything else. */
function twoDigits(bytes: Uint8Array, p: number): number {
  const tens = (bytes[p] ?? 0) - 48;
  const ones = (bytes[p + 1] ?? 0) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
}

function readAnyDate(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  let digits = 0;
  let number = 0;
  while (p < end && digits < 9) {
    const digit = (bytes[p] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    number = number * 10 + digit;
    digits++;
    p++;
  }
  if (digits === 0) return isDash(bytes, start, end) ? noDate : badDate;
  const isWhole = p >= end;
  if (digits === 8 && (isWhole || bytes[p] === 32))
    return checked(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100);
  if (digits === 5 && (isWhole || bytes[p] === 46)) return serialDate(number);
  if (digits !== 4) return badDate;
  if (isWhole) return number * 10_000;
  const month = part(bytes, p, end);
  if (month < 0) return badDate;
  p = Math.floor(month / 256);
  p = pastBlanks(bytes, p, end);
  if (p >= end || separatorLength(bytes, p) === 0) return checked(number, month % 256, 0);
  const day = part(bytes, p, end);
  // 2015年3月 ends with its last sign.
  if (day < 0) return p + separatorLength(bytes, p) >= end ? checked(number, month % 256, 0) : badDate;
  return checked(number, month % 256, day % 256);
}

/** Separator and one or two digits from `p`: position behind them × 256 + value, or -1. */
function part(bytes: Uint8Array, p: number, end: number): number {
  const sign = pastBlanks(bytes, p, end);
  const length = separatorLength(bytes, sign);
  if (length === 0) return -1;
  let at = pastBlanks(bytes, sign + length, end);
  let value = 0;
  const stop = Math.min(end, at + 2);
  const first = at;
  while (at < stop && (bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57) value = value * 10 + (bytes[at++] ?? 0) - 48;
  return at === first ? -1 : at * 256 + value;
}

function pastBlanks(bytes: Uint8Array, p: number, end: number): number {
  let at = p;
  while (at < end && bytes[at] === 32) at++;
  return at;
}

/** Bytes of - / . 年 月 at `p`, 0 for anything else. */
function separatorLength(bytes: Uint8Array, p: number): number {
  const byte = bytes[p];
  if (byte === 45 || byte === 47 || byte === 46) return 1;
  if (byte === 0xe5 && bytes[p + 1] === 0xb9 && bytes[p + 2] === 0xb4) return 3;
  return byte === 0xe6 && bytes[p + 1] === 0x9c && bytes[p + 2] === 0x88 ? 3 : 0;
}

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function checked(year: number, month: number, day: number): number {
  if (month === 0 && day === 0) return year * 10_000;
  if (month < 1 || month > 12 || day > at(daysOfMonth, month - 1)) return badDate;
  return year * 10_000 + month * 100 + day;
}

function serialDate(serial: number): number {
  if (serial < firstSerial || serial > lastSerial) return badDate;
  const date = new Date(excelEpoch + serial * dayMs);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Empty, or only - — – / blanks: nothing was known. */
function isDash(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    const byte = bytes[p];
    if (byte === 45 || byte === 32 || byte === 47) continue;
    if (byte === 0xe2 && bytes[p + 1] === 0x80 && (bytes[p + 2] === 0x94 || bytes[p + 2] === 0x93)) p += 2;
    else return false;
  }
  return true;
}

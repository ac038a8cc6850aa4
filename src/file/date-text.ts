/** Milliseconds since 1970 as yyyy-mm-dd, with hh:mm:ss behind it when it is not midnight; null outside years 0 to 9999. */
export function dateText(milliseconds: number): string | null {
  const rounded = Math.round(milliseconds / 1000) * 1000;
  if (!(Math.abs(rounded) < 8.64e15)) return null;
  const iso = new Date(rounded).toISOString();
  if (iso.length !== 24) return null;
  const time = iso.slice(11, 19);
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}

const day = 86_400_000;

/**
 * A spreadsheet's date serial as text. In the 1900 system day 60 is the 29 February 1900 that never was: it is kept as
 * spreadsheets show it, and earlier days count from 31 December 1899.
 * @returns null when the serial is no date
 */
export function serialDateText(serial: number, is1904: boolean): string | null {
  if (!(serial >= 0) || serial >= 2_958_466) return null;
  if (is1904) return dateText(Date.UTC(1904, 0, 1) + serial * day);
  if (Math.floor(serial) === 60) return '1900-02-29';
  return dateText(Date.UTC(1899, 11, serial < 60 ? 31 : 30) + serial * day);
}

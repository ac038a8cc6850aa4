import { sheetEndings } from '../../../file/file-format.ts';

/** Endings of files that a page reads: the old binary workbook takes a library of the size of all the rest. */
export const readableEndings = sheetEndings.filter((ending) => ending !== '.xls');

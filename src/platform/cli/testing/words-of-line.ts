/** The words of a command line, as a shell splits them: blanks apart, what is between double quotation marks together. */
export function wordsOfLine(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

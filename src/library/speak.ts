import { speakErrors } from '../error/study-error.ts';
import { errorTextEn } from '../output/format/error-text/en.ts';

/*
 * For the entries of the library: an error that reaches its user has the English sentence of its code and data for a message.
 * Imported for its effect, which package.json tells bundlers of. What is below has no prose, and the program of the command line,
 * which words errors in the language asked for, does not import this.
 */
speakErrors((code, detail) => errorTextEn[code](detail));

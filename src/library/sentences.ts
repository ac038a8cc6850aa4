import { isStudyError, type StudyError } from '../error/study-error.ts';
import { errorTextEn } from '../output/format/error-text/en.ts';

/**
 * The function, with errors whose message is the English sentence of their code and data, instead of both as they are. Inside,
 * an error has no words: sentences stand in the language files, which only what is above the model may read.
 */
export function inSentences<A extends readonly unknown[], R>(run: (...given: A) => R): (...given: A) => R {
  return (...given) => {
    try {
      const result = run(...given);
      return result instanceof Promise ? (result.catch(rethrow) as R) : result;
    } catch (error) {
      return rethrow(error);
    }
  };
}

/** The same for a generator, whose errors come when its values are asked for. */
export function eachInSentences<A extends readonly unknown[], T>(
  run: (...given: A) => Iterable<T>,
): (...given: A) => Generator<T> {
  return function* (...given) {
    try {
      yield* run(...given);
    } catch (error) {
      rethrow(error);
    }
  };
}

function rethrow(error: unknown): never {
  throw isStudyError(error) ? withSentence(error) : error;
}

/** The same error with its sentence, in its stack too. */
function withSentence(error: StudyError): StudyError {
  const { message, stack } = error;
  // Code and detail belong together by the constructor; the compiler cannot see it through the union.
  const sentenceOf = errorTextEn[error.code] as (detail: StudyError['detail']) => string;
  const sentence = sentenceOf(error.detail);
  if (message === sentence) return error;
  error.message = sentence;
  if (stack !== undefined) error.stack = stack.replace(message, () => sentence);
  return error;
}

import { isStudyError, reasonOf, StudyError } from '../../error/study-error.ts';
import { fileError } from '../../file/file-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { besidePage } from '../browser/beside.ts';
import type { Answer, Ask, Told } from './contract.ts';
import { codeOf, emptyDesk, inEveryLanguage, sheetsIn } from './desk.ts';
import { printedResults, shownResults } from './documents.ts';

/** What a browser gives at once of a file. */
const mostBytes = 1.5 * 2 ** 30;

const desk = emptyDesk(() => performance.now());

async function answerTo(ask: Ask): Promise<Answer> {
  const { id } = ask;
  switch (ask.kind) {
    case 'open': {
      const { file, part, reading } = ask;
      if (file.size > mostBytes) throw fileError(file.name, 'too-large');
      const bytes = await file.arrayBuffer();
      const data = await desk.open({ name: file.name, bytes, part }, reading, (step, share) =>
        tell({ kind: 'progress', id, step, share }),
      );
      return { kind: 'opened', data };
    }
    case 'estimate': {
      tell({ kind: 'progress', id, step: 'estimate', share: null });
      const estimated = await desk.estimate(ask.words, (share) => tell({ kind: 'progress', id, step: 'draw', share }));
      return { kind: 'estimated', estimated };
    }
    case 'script':
      return { kind: 'script', text: desk.script(ask.words, ask.program) };
    case 'show':
      return { kind: 'shown', results: shownResults(ask.shown) };
    case 'print':
      return { kind: 'printed', content: await printedResults(ask.shown, ask.format, ask.pictures) };
  }
}

/** What goes wrong unforeseen is told as the program tells it. */
function asStudyError(error: unknown): StudyError {
  return isStudyError(error) ? error : new StudyError('internal', { reason: reasonOf(error) });
}

const tell = besidePage<Ask, Told>(async (ask) => {
  try {
    tell({ kind: 'answer', id: ask.id, answer: await answerTo(ask) });
  } catch (error) {
    const message = inEveryLanguage((language) => describeError(asStudyError(error), language));
    tell({ kind: 'refused', id: ask.id, code: codeOf(error), message, sheets: sheetsIn(error) });
  }
});

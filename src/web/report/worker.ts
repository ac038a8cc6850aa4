import { isStudyError, reasonOf, type StudyError } from '../../error/study-error.ts';
import type { ReplicateJob } from '../../model/replicate/contract.ts';
import { runReplicates } from '../../model/run-replicates.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { type AnswerMarkup, answerMarkup, type TableAnswers } from '../../output/report/answers.ts';
import { say } from '../../output/report/bilingual.ts';
import {
  exhibitMarkup,
  exhibitPlace,
  reportMarkup,
  sectionFrame,
  tableMarkup,
} from '../../output/report/block-markup.ts';
import { elementIds, sizeIds } from '../../output/report/element-ids.ts';
import { languagesApart } from '../../output/report/languages-apart.ts';
import { comparisonSection, truthSection } from '../../output/report/sections/comparison.ts';
import { coefficientMarkup, sizeMarkup, verdictsMarkup } from '../../output/report/sections/opening.ts';
import type { Bilingual } from '../../study/language/bilingual.ts';
import { printStyleOf } from '../../study/printed-tables.ts';
import { readVersionAddress } from '../../study/version/address.ts';
import type { KeptColumns } from '../../study/version/estimate-version.ts';
import { offeredCovariances, versionOffers } from '../../study/version/offers.ts';
import { type LivingStudy, unpackStudy } from '../../study/version/packed-study.ts';
import { type Pace, runVersion, type VersionPart } from '../../study/version/run-version.ts';
import { besidePage } from '../browser/beside.ts';
import { drawHelpers } from './draw-helpers.ts';
import { type KeptDraws, keptDraws } from './kept-draws.ts';
import type { Ask, Shown, Told } from './messages.ts';
import { type DrawHelper, Left, paceOf } from './pace.ts';
import { takenTable } from './print-table.ts';

/*
 * The program beside a report: it holds the study and its panel, and estimates what the reader asks for.
 */

let living: LivingStudy | null = null;
let current = 0;
const kept: KeptColumns = new Map();
const drawn: KeptDraws = new Map();

const tell = besidePage<Ask, Told>((ask) => {
  if (ask.kind === 'open') {
    living = unpackStudy(ask.study);
    code = ask.code;
    tell({ kind: 'opened', offers: versionOffers(living) });
    return;
  }
  if (ask.kind === 'take') {
    void take(ask);
    return;
  }
  if (ask.kind === 'draw') {
    draw(ask);
    return;
  }
  current = ask.run;
  if (ask.kind === 'read') read(ask);
  if (ask.kind === 'show') void show(ask);
  if (ask.kind === 'ahead') void ahead(ask);
});

/** Prints a table that is to be taken away. */
async function take({ id, wanted }: Extract<Ask, { kind: 'take' }>): Promise<void> {
  try {
    tell({ kind: 'taken', id, table: await takenTable(wanted) });
  } catch (error) {
    tell({ kind: 'untaken', id, reason: reasonOf(error) });
  }
}

let job: ReplicateJob | null = null;

/** Draws for another program. */
function draw({ id, job: given, range: { first, end } }: Extract<Ask, { kind: 'draw' }>): void {
  job = given ?? job;
  const statistics = job === null ? new Float64Array() : new Float64Array(runReplicates(job, first, end));
  tell({ kind: 'drawn', id, statistics }, [statistics.buffer]);
}

/** Its own code, and those of it that draw for this one: begun when the reader first changes something. */
let code = new Blob();
let helpers: Set<DrawHelper> | null = null;

/** Reads what the address of the page asks for. */
function read({ run, address }: Extract<Ask, { kind: 'read' }>): void {
  const all = (name: string): string[] => address.filter(([own]) => own === name).map(([, value]) => value);
  try {
    const version = readVersionAddress({ get: (name) => all(name)[0] ?? null, getAll: all });
    tell({ kind: 'read', run, version });
  } catch (error) {
    if (!isStudyError(error)) throw error;
    tell({ kind: 'refused', run, reason: inBoth(error) });
  }
}

/** Makes a version part by part, until another is asked for. */
async function show({ run, version, language, isAhead }: Extract<Ask, { kind: 'show' }>): Promise<void> {
  if (living === null) return;
  helpers ??= drawHelpers(code);
  const pace = ofRun(run);
  try {
    let isTold = !isAhead;
    for await (const part of runVersion(living, version, kept, pace)) {
      if (isTold) for (const told of toldOf(part, living, { run, language })) tell(told);
      // With the first verdicts the estimates stand.
      if (part.kind === 'verdicts') isTold = true;
      await pace.turn();
    }
    tell({ kind: 'ended', run });
  } catch (error) {
    if (error instanceof Left) return;
    if (!isStudyError(error)) throw error;
    tell({ kind: 'refused', run, reason: inBoth(error) });
  }
}

/** The estimates of a version under each covariance that is offered, one after the other, until something is asked for. */
async function ahead({ run, version, language }: Extract<Ask, { kind: 'ahead' }>): Promise<void> {
  if (living === null) return;
  const pace = ofRun(run);
  try {
    for (const vcov of offeredCovariances(living.study)) {
      const parts: Told[] = [];
      const own = { ...version, vcov };
      for await (const part of runVersion(living, own, kept, pace)) {
        parts.push(...toldOf(part, living, { run, language }));
        await pace.turn();
        if (part.kind === 'verdicts') break;
      }
      tell({ kind: 'ahead', version: own, language, parts });
    }
  } catch (error) {
    // Nobody asked for it: what cannot be had is said when somebody does.
    if (!(error instanceof Left)) throw error;
  }
}

const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

/** The pace of a run of the page: it ends where another is asked for. */
function ofRun(run: number): Pace {
  const pace = paceOf(nextMessage, () => current !== run, helpers ?? undefined);
  return { ...pace, draw: keptDraws(pace.draw, drawn) };
}

/** Lets a message in that waits: a turn by a channel comes at once, one by a clock after four thousandths of a second. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    turns.port2.postMessage(null);
  });
}

/** What is told of a part, in the language that the page holds. */
function toldOf(part: VersionPart, of: LivingStudy, { run, language }: { run: number; language: Shown }): Told[] {
  const told = inAll(part, run, of);
  if (language === null) return told;
  return told.map((one) =>
    one.kind === 'markup' ? { ...one, markup: languagesApart(one.markup, language).shown } : one,
  );
}

function inAll(part: VersionPart, run: number, { study, isSynthetic, hasSamplingError = false }: LivingStudy): Told[] {
  const { labels: names } = study;
  const { numbers } = printStyleOf(study);
  switch (part.kind) {
    case 'rows':
    case 'progress':
      return [{ ...part, run }];
    case 'left': {
      const { coefficient, verdicts, comparison, truth } = elementIds;
      const counted = { size: sizeIds, comparison: [comparison], truth: [truth] };
      const elements = [
        ...(part.coefficient ? [coefficient] : []),
        ...(part.verdicts ? [verdicts] : []),
        ...(part.counted ?? []).flatMap((one) => counted[one]),
      ];
      return [{ kind: 'left', run, places: [...part.places, ...elements] }];
    }
    case 'table':
      return [
        {
          ...{ kind: 'markup', run, place: 'table', id: part.block.table.id },
          markup: tableMarkup(part.block, numbers),
          answers: answersIn(part.answers, names),
          block: part.block,
        },
      ];
    case 'exhibit':
      return [
        {
          ...{ kind: 'markup', run, place: 'exhibit', id: exhibitPlace(part.exhibit) },
          markup: exhibitMarkup(part.exhibit, numbers),
          answers: answersIn(part.answers, names),
          block: part.exhibit.table?.[0] ?? null,
        },
      ];
    case 'fault':
      return [{ kind: 'markup', run, place: 'fault', id: part.id, markup: faultMarkup(part.error) }];
    case 'coefficient': {
      const markup = coefficientMarkup(part.coefficient, names, numbers);
      return markup === '' ? [] : [{ kind: 'markup', run, place: 'element', id: elementIds.coefficient, markup }];
    }
    case 'size':
      return sizeMarkup(part.size).map((one) => ({ kind: 'markup', run, place: 'element', ...one }));
    case 'comparison':
      return [sectionTold(run, comparisonSection(part.rows, isSynthetic, hasSamplingError))];
    case 'truth':
      return [sectionTold(run, truthSection(part.rows, hasSamplingError))];
    case 'verdicts': {
      const markup = verdictsMarkup(part.hypotheses, { isSynthetic, names });
      return markup === '' ? [] : [{ kind: 'markup', run, place: 'element', id: elementIds.verdicts, markup }];
    }
  }
}

function sectionTold(run: number, section: ReturnType<typeof comparisonSection>): Told {
  const markup = sectionFrame(section, [reportMarkup(section.blocks)]);
  return { kind: 'markup', run, place: 'element', id: section.id, markup };
}

function answersIn(answers: TableAnswers | null, names: Readonly<Record<string, Bilingual>>): AnswerMarkup | null {
  return answers === null ? null : answerMarkup(answers, names);
}

function faultMarkup(error: StudyError): string {
  return `<p class="warned">${say(inBoth(error))}</p>`;
}

function inBoth(error: StudyError): Bilingual {
  return { en: describeError(error, 'en'), zh: describeError(error, 'zh') };
}

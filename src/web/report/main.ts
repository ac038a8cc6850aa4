import { effect } from '@preact/signals';
import { h, render } from 'preact';
import { languages, languageTag } from '../../output/format/text-key.ts';
import type { AnswerMarkup } from '../../output/report/answers.ts';
import { jsonValue } from '../../table/json-text.ts';
import { unpacked, unpackedText } from '../browser/packed.ts';
import { answersOnPage } from './answers.ts';
import { showMethod } from './chosen-method.ts';
import type { Shown } from './messages.ts';
import { meetAll } from './out-of-sight.ts';
import { followLanguage, language } from './page-words.ts';
import { reportParts } from './report-parts.ts';
import { renewStandings } from './standing.ts';
import { takeAway } from './take-away.ts';
import { unitDots } from './unit-dots.ts';
import { VersionPanel } from './version-panel.tsx';
import { versionState } from './version-state.ts';

/*
 * What makes a report live: what stands behind each number, and, where the panel and the estimators are in it, a form that changes
 * what the authors assumed.
 */

/** The language that the page holds; null where it holds all. */
function languageHeld(page: Document): Shown {
  const held = languages.filter((one) => page.querySelector(`main :is(span,div)[lang="${languageTag(one)}"]`) !== null);
  return held.length === 1 ? (held[0] ?? null) : null;
}

/** While the form stands at the upper edge, a link leads below it. */
function keepClear(root: HTMLElement, form: HTMLElement): void {
  const below = 16;
  new ResizeObserver(() => {
    const isStuck = getComputedStyle(form).position === 'sticky';
    root.style.scrollPaddingTop = isStuck ? `${form.offsetHeight + below}px` : '';
  }).observe(form);
}

async function start(): Promise<void> {
  followLanguage(document.documentElement);
  const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';
  // Written by the report beside this script.
  const said = jsonValue(await unpackedText(textOf('kaya-answers'))) as Readonly<Record<string, AnswerMarkup>>;
  const answers = answersOnPage(document, said);
  const taking = takeAway(document, { worker: textOf('kaya-worker'), tables: textOf('kaya-tables') });
  // The words of another language: cells among them answer as well.
  document.addEventListener('kaya-languages', answers.renew);
  meetAll(document);
  const host = document.getElementById('version');
  if (host === null) return;
  // A megabyte of each, which nobody needs to read the page.
  const load = async () => {
    const [code, study] = await Promise.all([unpacked(textOf('kaya-worker')), unpacked(textOf('kaya-study'))]);
    return { code: new Blob([code]), study };
  };
  const dots = unitDots(document, (name) => state.toggleUnit(name));
  const parts = reportParts(document, [answers, taking, dots]);
  let held = languageHeld(document);
  const state = versionState(load, parts, () => held);
  document.addEventListener('kaya-languages', () => {
    held = languageHeld(document);
    dots.renew();
  });
  // They are set beside the authors' own, and the version comes again over both.
  document.addEventListener('kaya-language', state.leave);
  document.addEventListener('kaya-languages', state.again);
  language.subscribe(() => renewStandings(document));
  effect(() => showMethod(document, state.version.value.vcov));
  document.addEventListener('kaya-languages', () => showMethod(document, state.version.value.vcov));
  host.hidden = false;
  keepClear(document.documentElement, host);
  render(h(VersionPanel, { state }), host);
}

void start();

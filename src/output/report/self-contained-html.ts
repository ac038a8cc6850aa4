import { escapeMarkup } from '../document/table/escape.ts';
import { formatText } from '../format/format-text.ts';
import { contentsLabel, languageLabel, languageNames } from '../format/language-names.ts';
import { type NumberStyle, publishedStyle } from '../format/number-style.ts';
import { languages, languageTag } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';
import { type AnswerMarkup, answerMarkup } from './answers.ts';
import { say } from './bilingual.ts';
import { exhibitMarkup, reportMarkup, sectionFrame } from './block-markup.ts';
import { elementIds } from './element-ids.ts';
import { languagesApart } from './languages-apart.ts';
import type { LivingParts } from './living-parts.ts';
import { furtherCovariances } from './methods/catalog.ts';
import type { ReportExhibit, ReportModel } from './outline.ts';
import { type Gzip, packedText, plainGzip } from './packed-text.ts';
import { pageScript, pageScriptSha256 } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { measureCards } from './sections/measures.ts';
import { methodCards } from './sections/methods.ts';
import { openingSection, staysMark } from './sections/opening.ts';
import { type ReportSection, reportSections } from './sections.ts';
import { takenTables } from './take-away.ts';

/**
 * The report as one HTML file that needs no network: styles, figures and the results document are inside. It is in the language of the
 * study; the words of the others are packed beside it, for its script to set.
 * @param living what lets a reader change the assumptions; null: the report stands as it is
 * @param gzip that of the machine, where it has a better one
 */
export function renderReport(
  report: ReportModel,
  numbers: NumberStyle = publishedStyle,
  living: LivingParts | null = null,
  gzip: Gzip = plainGzip,
): string {
  const { language, study } = report;
  const sections = reportSections(report);
  const titleEn = formatText(study.title, 'en');
  const titleZh = formatText(study.title, 'zh');
  const packed = (id: string, text: string): string => packedBlock(id, packedText(text, gzip));
  const { shown, others } = languagesApart(bodyMarkup(report, sections, { numbers, living }), language);
  return [
    '<!doctype html>',
    `<html lang="${languageTag(language)}" data-language="${language}" data-title-en="${escapeMarkup(titleEn)}" data-title-zh="${escapeMarkup(titleZh)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(living)}">`,
    '<link rel="icon" href="data:,">',
    `<title>${escapeMarkup(formatText(study.title, language))}</title>`,
    `<style>\n${pageStyle}\n</style>`,
    '</head>',
    '<body>',
    shown,
    ...Object.entries(others).map(([one, texts]) =>
      packed(`kaya-language-${one}`, texts.map((text) => `<div>${text}</div>`).join('')),
    ),
    packed('kaya-results', JSON.stringify(report.results)),
    `<script>${pageScript}</script>`,
    ...(living === null || living.study === null ? [] : [packedBlock('kaya-study', living.study)]),
    ...(living === null
      ? []
      : [
          packedBlock('kaya-worker', living.worker),
          packed('kaya-tables', JSON.stringify(takenTables(report.exhibits, living.print))),
          packed('kaya-answers', JSON.stringify(answersOf(report))),
          `<script>${living.main.code}</script>`,
        ]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What the page shows, in every language. */
function bodyMarkup(
  report: ReportModel,
  sections: readonly ReportSection[],
  { numbers, living }: { readonly numbers: NumberStyle; readonly living: LivingParts | null },
): string {
  return [
    masthead(report),
    `<p class="on-paper">${say({ key: 'report.folded' })}</p>`,
    contents(sections),
    '<main>',
    openingSection(report, numbers),
    ...(living === null ? [] : [versionHost(living)]),
    ...sections.map((part) => sectionMarkup(part, report, { numbers, living })),
    '</main>',
    `<footer>${say({ key: report.isSynthetic ? 'report.footer_synthetic' : 'report.running' })}</footer>`,
  ].join('\n');
}

/** Without a script the page has the words of one language, and says in the others where theirs are. */
function withoutScript({ language }: ReportModel): readonly string[] {
  return languages
    .filter((one) => one !== language)
    .map((one) => {
      const said = escapeMarkup(formatText({ key: 'report.no_script' }, one));
      return `<p class="no-script" lang="${languageTag(one)}">${said}</p>`;
    });
}

function answersOf({ answers = {}, names }: ReportModel): Readonly<Record<string, AnswerMarkup>> {
  return Object.fromEntries(Object.entries(answers).map(([id, one]) => [id, answerMarkup(one, names)]));
}

/** Nothing is asked of any network, and no script runs but those that stand here: none in an attribute, none of a name or a label. */
function contentPolicy(living: LivingParts | null): string {
  const scripts = [pageScriptSha256, ...(living === null ? [] : [living.main.sha256])].map((one) => `'sha256-${one}'`);
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${scripts.join(' ')}`,
    ...(living === null ? [] : ['worker-src blob:']),
    'img-src data:',
  ].join(';');
}

/** Bytes as text that no script reads by itself. */
function packedBlock(id: string, packed: string): string {
  return `<script type="text/plain" id="${id}" data-packed="gzip base85">${packed}</script>`;
}

/** Where the form stands that the script makes, or why there is none. */
function versionHost({ study }: LivingParts): string {
  return study === null
    ? `<p class="version-none">${say({ key: 'version.no_data' })}</p>`
    : '<div id="version" hidden></div>';
}

/** Sections that a version counts anew, and those that are of no version. */
const movesOrIsOfNone: readonly string[] = [elementIds.comparison, elementIds.truth, 'methods', 'citation'];

/** A section of blocks; measures have cards of their own on a page, and provenance a button. */
function sectionMarkup(
  section: ReportSection,
  { origin, methods = [] }: ReportModel,
  { numbers, living }: { readonly numbers: NumberStyle; readonly living: LivingParts | null },
): string {
  const { id, blocks, exhibits } = section;
  const body = [
    id === 'measures' && origin.kind === 'raw-tables'
      ? measureCards(origin.measures)
      : id === 'methods'
        ? methodCards(methods, living?.study == null ? [] : furtherCovariances(methods))
        : exhibits === undefined
          ? reportMarkup(blocks)
          : exhibits.map((exhibit) => exhibitMarkup(exhibit, numbers)).join('\n'),
    ...(id === 'provenance' ? [resultsButton] : []),
  ];
  const stays = exhibits === undefined && !movesOrIsOfNone.includes(id) ? ` ${staysMark}` : '';
  return sectionFrame(section, body, stays);
}

const resultsButton = `<p class="embedded">${say({ key: 'provenance.embedded' })} <button type="button" id="download-results" hidden>${say({ key: 'provenance.download' })}</button></p>`;

function masthead(report: ReportModel): string {
  const buttons = languages.map(
    (language) =>
      `<button type="button" value="${language}" aria-pressed="${language === report.language}">${languageNames[language]}</button>`,
  );
  return [
    `<a class="skip" href="#top">${say({ key: 'report.skip' })}</a>`,
    '<header class="masthead">',
    `<span>${say({ key: 'report.running' })}</span>`,
    `<div class="languages" role="group" aria-label="${languageLabel}" hidden>${buttons.join('')}</div>`,
    ...withoutScript(report),
    '</header>',
  ].join('\n');
}

/** Sections with their tables and figures. Folded on a telephone; the script opens it where there is room beside the page. */
function contents(sections: readonly ReportSection[]): string {
  const items = sections.map(({ id, title, exhibits = [] }) => {
    const own = exhibits.flatMap(exhibitEntries);
    return entry(id, title, own.length === 0 ? '' : `<ol>${own.join('')}</ol>`);
  });
  return [
    `<nav class="contents" aria-label="${contentsLabel}">`,
    `<details><summary>${say({ key: 'report.contents' })}</summary>`,
    `<ol>${entry('top', { key: 'report.section_opening' }, '')}${items.join('')}</ol>`,
    '</details></nav>',
  ].join('');
}

function exhibitEntries({ table, figures }: ReportExhibit): readonly string[] {
  return [
    ...(table === null ? [] : [captionEntry(table[0].table, 'table.caption')]),
    ...figures.map((figure) => captionEntry(figure, 'figure.caption')),
  ];
}

type Captioned = { readonly id: string; readonly number: string; readonly title: Text };

function captionEntry({ id, number, title }: Captioned, key: 'table.caption' | 'figure.caption'): string {
  return entry(id, number === '' ? title : { key, values: { number, title } }, '');
}

function entry(id: string, title: Text, below: string): string {
  return `<li><a href="#${escapeMarkup(id)}">${say(title)}</a>${below}</li>`;
}

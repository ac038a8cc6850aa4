import { escapeMarkup, escapeScriptJson } from '../document/table/escape.ts';
import { formatText } from '../format/format-text.ts';
import { contentsLabel, languageLabel, languageNames } from '../format/language-names.ts';
import { languages, languageTag } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';
import { say } from './bilingual.ts';
import type { ReportModel } from './outline.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { comparisonSection, truthSection } from './sections/comparison.ts';
import { dataSection } from './sections/data.ts';
import { measuresSection } from './sections/measures.ts';
import { openingSection } from './sections/opening.ts';
import { panelFileSample, panelFileSection, panelFileVariables } from './sections/panel-file.ts';
import { citationSection, provenanceSection } from './sections/provenance.ts';
import { figureBlock, tableBlock } from './sections/results.ts';
import { sampleSection } from './sections/sample.ts';

interface Section {
  readonly id: string;
  readonly title: Text;
  readonly body: string;
}

/** The report as one HTML file that needs no network: styles, figures and the results document are inside. */
export function renderReport(report: ReportModel): string {
  const { language, study } = report;
  const sections = sectionsOf(report);
  const titleEn = formatText(study.title, 'en');
  const titleZh = formatText(study.title, 'zh');
  return [
    '<!doctype html>',
    `<html lang="${languageTag(language)}" data-language="${language}" data-title-en="${escapeMarkup(titleEn)}" data-title-zh="${escapeMarkup(titleZh)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline';script-src 'unsafe-inline';img-src data:">`,
    '<link rel="icon" href="data:,">',
    `<title>${escapeMarkup(formatText(study.title, language))}</title>`,
    `<style>\n${pageStyle}\n</style>`,
    '</head>',
    '<body>',
    masthead(report),
    contents(sections),
    '<main>',
    openingSection(report),
    ...sections.map((part) => `<section id="${part.id}">\n<h2>${say(part.title)}</h2>\n${part.body}\n</section>`),
    '</main>',
    `<footer>${say({ key: report.isSynthetic ? 'report.footer_synthetic' : 'report.running' })}</footer>`,
    `<script type="application/json" id="kaya-results">${escapeScriptJson(JSON.stringify(report.results))}</script>`,
    `<script>\n${pageScript}\n</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function sectionsOf(report: ReportModel): Section[] {
  const exhibits = [...report.tables.map(tableBlock), ...report.figures.map(figureBlock)].join('\n');
  const sections: Section[] = [
    ...originSections(report),
    { id: 'results', title: { key: 'report.section_results' }, body: exhibits },
  ];
  if (report.comparison.length > 0) {
    sections.push({
      id: 'comparison',
      title: { key: report.isSynthetic ? 'report.section_comparison_synthetic' : 'report.section_comparison' },
      body: comparisonSection(report.comparison, report.isSynthetic),
    });
  }
  if (report.truth.length > 0) {
    sections.push({ id: 'truth', title: { key: 'report.section_truth' }, body: truthSection(report.truth) });
  }
  sections.push(
    { id: 'provenance', title: { key: 'report.section_provenance' }, body: provenanceSection(report.provenance) },
    { id: 'citation', title: { key: 'report.section_citation' }, body: citationSection(report.citation) },
  );
  return sections;
}

/** How the panel came about, and its variables. */
function originSections({ origin, names = {}, isSynthetic }: ReportModel): Section[] {
  if (origin.kind === 'panel-file') {
    const symbolOf = (variable: string): Text => names[variable] ?? variable;
    const { data, nouns } = origin;
    return [
      { id: 'sample', title: { key: 'report.section_sample_file' }, body: panelFileSample(data, nouns) },
      { id: 'data', title: { key: 'report.section_data' }, body: panelFileSection(data, nouns, symbolOf) },
      { id: 'variables', title: { key: 'report.section_variables' }, body: panelFileVariables(data, symbolOf) },
    ];
  }
  const symbols = new Map(origin.measures.map(({ id, symbol }) => [id, symbol]));
  const symbolOf = (variable: string): Text => symbols.get(variable) ?? variable;
  return [
    { id: 'sample', title: { key: 'report.section_sample' }, body: sampleSection(origin.ledger) },
    { id: 'data', title: { key: 'report.section_data' }, body: dataSection(origin.data, symbolOf, isSynthetic) },
    { id: 'measures', title: { key: 'report.section_measures' }, body: measuresSection(origin.measures) },
  ];
}

function masthead(report: ReportModel): string {
  const buttons = languages.map(
    (language) =>
      `<button type="button" value="${language}" aria-pressed="${language === report.language}">${languageNames[language]}</button>`,
  );
  return [
    '<header class="masthead">',
    `<span>${say({ key: 'report.running' })}</span>`,
    `<div class="languages" role="group" aria-label="${languageLabel}" hidden>${buttons.join('')}</div>`,
    '</header>',
  ].join('\n');
}

function contents(sections: readonly Section[]): string {
  const items = sections.map((part) => `<li><a href="#${part.id}">${say(part.title)}</a></li>`);
  return `<nav class="contents" aria-label="${contentsLabel}"><ol>${items.join('')}</ol></nav>`;
}

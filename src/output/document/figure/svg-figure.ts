import { parseHTML } from 'linkedom';
import type { CurveFigure, DistributionFigure, FigureModel, IntervalFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';
import { displayWidth } from '../table/display-width.ts';
import { figureDescription } from './figure-description.ts';
import { renderCoverage } from './svg-coverage.ts';
import { curvePlot } from './svg-curves.ts';
import { distributionPlot, distributionRight } from './svg-distribution.ts';
import { renderForest } from './svg-forest.ts';
import { renderFramework } from './svg-framework.ts';
import { intervalPlot } from './svg-intervals.ts';
import { type DrawOptions, dashesOf, fonts, height, lookOf, margin, symbolPaths, width } from './svg-look.ts';
import { renderSpecifications } from './svg-specifications.ts';
import { syntheticMark } from './svg-synthetic-mark.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A figure as a standalone SVG document; `embedded` takes the colours of the page around it. */
export function renderFigure(figure: FigureModel, language: Language, options: DrawOptions = {}): string {
  if (figure.kind === 'coverage') return `${renderCoverage(figure, language)}\n`;
  if (figure.kind === 'framework') return `${renderFramework(figure, language, options)}\n`;
  if (figure.kind === 'forest') return `${renderForest(figure, language, options)}\n`;
  if (figure.kind === 'specifications') return `${renderSpecifications(figure, language, options)}\n`;
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const page = document as unknown as Document; // linkedom's own type of the same thing
  const svg = plotOf(figure, language, page);
  const isEmbedded = options.embedded === true;
  svg.setAttribute('xmlns', svgNamespace);
  svg.setAttribute('role', 'img');
  svg.setAttribute(
    'style',
    `font-family:${fonts};font-size:12.5px;${isEmbedded ? '' : 'color:#1c1e21;'}background:${isEmbedded ? 'none' : '#fff'}`,
  );
  const title = document.createElementNS(svgNamespace, 'title');
  title.textContent = formatText(figure.title, language);
  const description = document.createElementNS(svgNamespace, 'desc');
  description.textContent = figureDescription(figure, language);
  svg.prepend(title as unknown as Node, description as unknown as Node); // linkedom's own type here, too
  for (const element of furniture(figure, language, page)) svg.append(element);
  return `${svg.outerHTML}\n`;
}

type FramedFigure = IntervalFigure | CurveFigure | DistributionFigure;

function plotOf(figure: FramedFigure, language: Language, page: Document): SVGSVGElement {
  switch (figure.kind) {
    case 'curves':
      return curvePlot(figure, language, page);
    case 'distribution':
      return distributionPlot(figure, page);
    case 'intervals':
      return intervalPlot(figure, language, page);
  }
}

/** Numbers at single places are told by their symbol. */
function hasMarks({ marks = [] }: CurveFigure, series: string): boolean {
  return marks.some((mark) => mark.series === series);
}

/** Axis titles, the key to the series, and the mark that the data are simulated. */
function furniture(figure: FramedFigure, language: Language, document: Document): Element[] {
  const make = (name: string, attributes: Readonly<Record<string, string | number>>, content = ''): Element => {
    const element = document.createElementNS(svgNamespace, name);
    for (const key of Object.keys(attributes)) element.setAttribute(key, `${attributes[key]}`);
    if (content !== '') element.textContent = content;
    return element;
  };
  const text = (x: number, y: number, anchor: string, content: string, size = 13): Element =>
    make('text', { x, y, 'text-anchor': anchor, 'font-size': size, fill: 'currentColor' }, content);
  const isDistribution = figure.kind === 'distribution';
  const right = isDistribution ? distributionRight : margin.right;
  const valueAxis = isDistribution ? figure.curve.axis : figure.valueAxis;
  const elements = [
    text(10, margin.top - 20, 'start', formatText(valueAxis, language)),
    ...(figure.kind === 'distribution'
      ? [text(width - 10, margin.top - 20, 'end', formatText(figure.dots.axis, language))]
      : []),
    text(
      margin.left + (width - margin.left - right) / 2,
      height - 8,
      'middle',
      formatText(figure.categoryAxis, language),
    ),
  ];
  let x = 16;
  const entries = keyOf(figure).filter(
    // One series whose name the axis has is named once.
    ({ label }, _, all) => all.length > 1 || formatText(label, language) !== formatText(valueAxis, language),
  );
  for (const { look, label: name, hasLine, hasSymbol, dashes } of entries) {
    const label = formatText(name, language);
    const stroke = { stroke: look?.colour ?? 'currentColor', 'stroke-width': 2.2 };
    elements.push(
      ...(hasLine
        ? [
            make('line', {
              x1: x - 6,
              x2: x + 14,
              y1: 20,
              y2: 20,
              ...stroke,
              ...(dashes === '' ? {} : { 'stroke-dasharray': dashes }),
            }),
          ]
        : []),
      ...(look === null || !hasSymbol
        ? []
        : [
            make('path', {
              d: symbolPaths[look.symbol],
              transform: `translate(${x + 4},20)`,
              stroke: look.colour,
              'stroke-width': 1.8,
              fill: look.isFilled ? look.colour : 'var(--figure-paper, #fff)',
            }),
          ]),
      text(x + 22, 24.5, 'start', label),
    );
    x += 52 + displayWidth(label) * 6.7;
  }
  if (figure.isSynthetic) {
    const mark = syntheticMark(language, { width, right: margin.right });
    elements.push(...mark.map(({ name, attributes, content }) => make(name, attributes, content)));
  }
  return elements;
}

interface KeyEntry {
  /** Null: in the colour of the text. */
  readonly look: {
    readonly colour: string;
    readonly symbol: keyof typeof symbolPaths;
    readonly isFilled: boolean;
  } | null;
  readonly label: Text;
  readonly hasLine: boolean;
  readonly hasSymbol: boolean;
  readonly dashes: string;
}

/** What the key says of each series. */
function keyOf(figure: FramedFigure): readonly KeyEntry[] {
  if (figure.kind === 'distribution') {
    const { curve, dots, place } = figure;
    const line = { look: lookOf(0), label: curve.label, hasLine: true, hasSymbol: false, dashes: '' };
    const dot = {
      look: { ...lookOf(1), symbol: 'circle' as const },
      label: dots.label,
      hasLine: false,
      hasSymbol: true,
      dashes: '',
    };
    const own =
      place === null ? [] : [{ look: null, label: place.label, hasLine: true, hasSymbol: false, dashes: '2 3' }];
    return [line, dot, ...own];
  }
  const isDotted = figure.kind === 'curves' && figure.isDots === true;
  return figure.series.map(({ id, label }, i) => {
    const hasSymbol = figure.kind === 'intervals' || isDotted || hasMarks(figure, id);
    // A series of single places has no line of its own.
    const isLine = figure.kind === 'curves' && figure.points.some((point) => point.series === id);
    const dashes = isLine ? dashesOf(i) : '';
    return { look: lookOf(i), label, hasLine: !isDotted, hasSymbol, dashes };
  });
}

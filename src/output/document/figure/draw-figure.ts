import type { FigureModel } from '../../figure/contract.ts';
import type { Language } from '../../format/text-key.ts';
import { renderCoverage } from './svg-coverage.ts';
import { curvePlot } from './svg-curves.ts';
import { distributionPlot } from './svg-distribution.ts';
import { renderForest } from './svg-forest.ts';
import { renderFramework } from './svg-framework.ts';
import { type FramedFigure, furnitureOf } from './svg-furniture.ts';
import { headMarkup } from './svg-head.ts';
import { categoryLabels, intervalPlot } from './svg-intervals.ts';
import { type DrawOptions, fonts } from './svg-look.ts';
import { renderMap } from './svg-map.ts';
import { renderPaths } from './svg-paths.ts';
import { renderSpecifications } from './svg-specifications.ts';

/**
 * A figure as a standalone SVG document, for a whole page or a column of one; `embedded` takes the colours of the page around it.
 * @param page gives elements for axes, and stays as it is
 */
export function drawFigure(
  figure: FigureModel,
  language: Language,
  page: () => Document,
  options: DrawOptions = {},
): string {
  return `${drawing(figure, language, page, options)}\n`;
}

function drawing(figure: FigureModel, language: Language, page: () => Document, options: DrawOptions): string {
  switch (figure.kind) {
    case 'coverage':
      return renderCoverage(figure, language, options);
    case 'forest':
      return renderForest(figure, language, options);
    case 'framework':
      return renderFramework(figure, language, options);
    case 'map':
      return renderMap(figure, language, options);
    case 'paths':
      return renderPaths(figure, language, options);
    case 'specifications':
      return renderSpecifications(figure, language, options);
    default:
      return renderFramed(figure, language, page(), options);
  }
}

/** Axes with what stands around them. */
function renderFramed(figure: FramedFigure, language: Language, document: Document, options: DrawOptions): string {
  const size = options.width ?? 'page';
  const labels = figure.kind === 'intervals' ? categoryLabels(figure, language, size) : null;
  const { frame, markup } = furnitureOf(figure, language, { size, below: labels?.below ?? 0 });
  const drawn = { frame, language, document };
  const svg = plot();
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  const isEmbedded = options.embedded === true;
  svg.setAttribute(
    'style',
    `font-family:${fonts};font-size:12.5px;${isEmbedded ? '' : 'color:#1c1e21;'}background:${isEmbedded ? 'none' : '#fff'}`,
  );
  // Plot names its marks by their kind, in English, for nobody who listens: the drawing is one picture with words of its own.
  for (const mark of groupsIn(svg).filter((one) => one.hasAttribute('aria-label'))) {
    mark.setAttribute('data-mark', mark.getAttribute('aria-label') ?? '');
    mark.removeAttribute('aria-label');
  }
  const whole = withShortPlaces(svg.outerHTML);
  const inside = whole.indexOf('>') + 1;
  const end = whole.length - '</svg>'.length;
  const head = headMarkup(figure, language, frame.width);
  // The rest of the drawing stands around the text of its axes, whose anchor is their middle.
  return `${whole.slice(0, inside)}${head}${whole.slice(inside, end)}${markup}</svg>`;

  function plot(): SVGSVGElement {
    switch (figure.kind) {
      case 'curves':
        return curvePlot(figure, drawn);
      case 'distribution':
        return distributionPlot(figure, drawn);
      case 'intervals':
        return intervalPlot(figure, labels ?? categoryLabels(figure, language, size), drawn);
    }
  }
}

/** The groups of a drawing, at whatever depth. */
function groupsIn(element: Element): readonly Element[] {
  return [...element.children].flatMap((one) => (one.localName === 'g' ? [one, ...groupsIn(one)] : groupsIn(one)));
}

/**
 * A drawing with its places and lengths to a hundredth of its unit: a sixteenth digit of one is nobody's to see, and half of the file.
 * @param svg markup whose attributes hold no `>`
 */
function withShortPlaces(svg: string): string {
  return svg.replace(/<[^>]*>/g, (tag) =>
    tag.replace(/ (?:d|r|c?[xy]|[xy][12]|width|height|transform)="[^"]*"/g, (attribute) =>
      attribute.replace(/-?\d+\.\d{3,}(?:e[-+]?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100)),
    ),
  );
}

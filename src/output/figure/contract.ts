import type { Text } from '../table/contract.ts';

/** A figure as data: points with intervals over categories, one or more series a category. */
export interface IntervalFigure {
  readonly kind: 'intervals';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly categoryAxis: Text;
  readonly valueAxis: Text;
  readonly categories: readonly { readonly id: string; readonly label: Text }[];
  readonly series: readonly { readonly id: string; readonly label: Text }[];
  readonly marks: readonly {
    readonly category: string;
    readonly series: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** A line to read the marks against, such as zero. */
  readonly reference: number | null;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

export type FigureModel = IntervalFigure;

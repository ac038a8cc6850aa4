import type { Label, Text } from '../table/contract.ts';

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
  /** Marks that are zero by construction, without an interval. */
  readonly zeros?: readonly { readonly category: string; readonly series: string }[];
  /** A vertical line between two categories, their places counted from 0. */
  readonly divider?: number;
  /** Numbers stand beside the marks unless there are too many. */
  readonly hidesValues?: boolean;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A figure as data: curves over a number, one or more, with lines to read them against. */
export interface CurveFigure {
  readonly kind: 'curves';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly categoryAxis: Text;
  readonly valueAxis: Text;
  readonly series: readonly { readonly id: string; readonly label: Text }[];
  /** In the order of x within a series. */
  readonly points: readonly { readonly series: string; readonly x: number; readonly y: number; readonly name?: Text }[];
  /** Dots in place of lines, with the symbols of the series. */
  readonly isDots?: boolean;
  /** Places under the lines, each a circle whose area goes with its count. */
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly count: number }[];
  /** Areas between two curves of a series, under its line. */
  readonly bands?: readonly {
    readonly series: string;
    readonly isLight: boolean;
    readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  }[];
  /** Numbers with intervals at single places, with the symbols of their series. */
  readonly marks?: readonly {
    readonly series: string;
    readonly x: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** How many rows lie between two numbers of the axis: bars below the curves. */
  readonly bars?: readonly { readonly low: number; readonly high: number; readonly count: number }[];
  /** A horizontal line, such as a critical value, with its name. */
  readonly reference: { readonly value: number; readonly label: Text } | null;
  /** A second line below zero, as far from it. */
  readonly mirrored?: boolean;
  /** Names beside points. */
  readonly labels?: readonly { readonly x: number; readonly y: number; readonly text: Label }[];
  /** Where the curve is below its reference is what it is drawn for: shaded, the axis cut where the curve rises far above it. */
  readonly showsBelow?: boolean;
  /** Vertical lines at numbers that are printed beside them. */
  readonly places: readonly number[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A figure as data: cells of variables by years, each by how many of it were observed, filled and are missing. */
export interface CoverageFigure {
  readonly kind: 'coverage';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly years: readonly number[];
  /** The three counts of a year add up to the same number everywhere. */
  readonly rows: readonly {
    readonly label: Text;
    readonly observed: readonly number[];
    readonly filled: readonly number[];
    readonly missing: readonly number[];
  }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/**
 * A figure as data: estimates in ascending order with their intervals, and below them which choices each was made with. Columns
 * stand for one estimate each, or for runs of neighbours where there are many.
 */
export interface SpecificationFigure {
  readonly kind: 'specifications';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly categoryAxis: Text;
  readonly valueAxis: Text;
  readonly columns: readonly { readonly value: number; readonly low: number; readonly high: number }[];
  /** Where the model as it was asked for stands, in columns from 0; null where it has no estimate. */
  readonly own: { readonly column: number; readonly label: Text } | null;
  readonly groups: readonly {
    readonly label: Text;
    /** `shares`: of the estimates of each column that were made with the choice, 0 to 1. */
    readonly rows: readonly { readonly label: Text; readonly shares: readonly number[] }[];
  }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A figure as data: a density over a number, dots of their own axis (0 to 1, on the right) below it, a line at one number. */
export interface DistributionFigure {
  readonly kind: 'distribution';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly categoryAxis: Text;
  readonly curve: AxisPoints;
  /** `reference`: a horizontal line on the axis of the dots. */
  readonly dots: AxisPoints & { readonly reference: number };
  /** A vertical line with its name; null: none. */
  readonly place: { readonly value: number; readonly label: Text } | null;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A figure as data: estimates with their intervals over one axis of values, a row each, one or more series a row. */
export interface ForestFigure {
  readonly kind: 'forest';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly valueAxis: Text;
  readonly rows: readonly { readonly id: string; readonly label: Text }[];
  readonly series: readonly { readonly id: string; readonly label: Text }[];
  readonly marks: readonly {
    readonly row: string;
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

/** What became of a claim; `untested`: nothing that was made decides it. */
export type ClaimVerdict = 'supported' | 'partly' | 'not-supported' | 'untested';

/** A figure as data: units by periods, each cell by the regime that it is in. */
export interface PathsFigure {
  readonly kind: 'paths';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly categoryAxis: Text;
  readonly valueAxis: Text;
  /** The lowest first. */
  readonly regimes: readonly Text[];
  readonly periods: readonly string[];
  /** From the top; a cell is the place of its regime, null where the unit is not there. */
  readonly rows: readonly { readonly name: Label; readonly cells: readonly (number | null)[] }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A figure as data: places by degrees, each in a class; classes from the lowest to the highest. */
export interface MapFigure {
  readonly kind: 'map';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  /** What the classes are of, and when. */
  readonly legend: Text;
  readonly classes: readonly { readonly label: Text; readonly count: number }[];
  readonly points: readonly {
    readonly name: Label;
    readonly longitude: number;
    readonly latitude: number;
    /** Among the classes, from 0; null: without a value. */
    readonly place: number | null;
  }[];
  /** Points without a value. */
  readonly absent: number;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A claim on an arrow of a framework. */
export interface FrameworkClaim {
  readonly id: string;
  readonly verdict: ClaimVerdict;
  /** How far it holds; null: it is untested. */
  readonly evidence: Text | null;
}

/** A figure as data: which variable acts on which, through what, as far as what, with the verdict of every claim on it. */
export interface FrameworkFigure {
  readonly kind: 'framework';
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  /** One each for two variables with an arrow between them. */
  readonly pairs: readonly {
    readonly from: Text;
    readonly to: Text;
    /** Of the arrow itself. */
    readonly claims: readonly FrameworkClaim[];
    /** `first`: claims on the way there, `second`: on the way on. */
    readonly mediators: readonly {
      readonly label: Text;
      readonly first: readonly FrameworkClaim[];
      readonly second: readonly FrameworkClaim[];
    }[];
    /** What the effect goes with. `place`: the threshold that was found; null: none was. */
    readonly conditions: readonly {
      readonly role: 'moderator' | 'threshold';
      readonly label: Text;
      readonly place: number | null;
      readonly claims: readonly FrameworkClaim[];
    }[];
  }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

export interface AxisPoints {
  readonly label: Text;
  readonly axis: Text;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Any figure; `width`: what it is drawn for where it is a file of its own. */
export type FigureModel = AnyFigure & { readonly width?: FigureWidth };

type AnyFigure =
  | IntervalFigure
  | CurveFigure
  | CoverageFigure
  | SpecificationFigure
  | DistributionFigure
  | ForestFigure
  | FrameworkFigure
  | PathsFigure
  | MapFigure;

/** What a drawing is made for: a column of a journal (8 cm) or its whole page (17 cm). Letters are at least 6.5 points high in both. */
export const figureWidths = ['column', 'page'] as const;
export type FigureWidth = (typeof figureWidths)[number];

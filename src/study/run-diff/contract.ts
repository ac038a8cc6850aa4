import { z } from 'zod';
import type { FolderDifference } from '../../error/folder-difference.ts';
import type { CovarianceLabel } from '../../model/result/result.ts';
import type { Verdict } from '../../output/table/run-diff/contract.ts';
import type { PrintedDocument } from '../printed-tables.ts';
import type { Part } from './reach.ts';

/** One run as it is compared with another: a folder of results, or a document of JSON alone. */
export interface RunRecord {
  /** As it was named. */
  readonly path: string;
  /** Of results.json, or what a command printed with `--json`. */
  readonly document: RunDocument;
  /** Of printed.json; null where the run left none. */
  readonly printed: PrintedDocument | null;
  /** Null of a document alone. */
  readonly manifest: RecordOfRun | null;
  /** Where the folder is not what its manifest says. */
  readonly altered: readonly FolderDifference[];
}

/** What of a manifest is compared. */
export interface RecordOfRun {
  readonly study: {
    readonly id: string;
    readonly sha256: string;
    readonly file?: string | undefined;
    readonly written?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly synthetic: boolean;
  readonly seed: number | null;
  readonly scale: number | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, { readonly sha256: string }>>;
  readonly outputs: Readonly<Record<string, { readonly sha256: string }>>;
}

const label = z.union([z.string(), z.object({ en: z.string(), zh: z.string() })]);

const covariance: z.ZodType<CovarianceLabel> = z.looseObject({
  type: z.string(),
  by: z.array(z.string()),
  clusters: z.array(z.number()),
  ssc: z.string(),
  factors: z.array(z.number()),
});

const verdict: z.ZodType<Verdict> = z.object({
  holding: z.number(),
  columns: z.number(),
  verdict: z.enum(['supported', 'partly', 'not-supported']),
});

const verdictUnder = z.intersection(verdict, z.looseObject({ vcov: covariance }));

/** What both kinds of documents have: the version that wrote them. */
const written = { kaya: z.string() };

/** Of results.json what is told apart; the rest is compared as it stands. */
export const resultsSchema = z.looseObject({
  ...written,
  study: z.string(),
  synthetic: z.boolean(),
  tables: z.array(z.looseObject({ id: z.string() })),
  hypotheses: z.array(
    z.looseObject({
      id: z.string(),
      text: label,
      verdicts: z.array(verdictUnder),
      stricter: z.looseObject({ verdict: verdictUnder.nullable() }).optional(),
    }),
  ),
  comparison: z.array(
    z.looseObject({
      table: z.string(),
      column: z.string(),
      term: z.string(),
      published: z.string(),
      obtained: z.number().nullable(),
      verdict: z.enum(['equal', 'near', 'far', 'missing']),
    }),
  ),
  run: z.looseObject({
    panel_sha256: z.string().nullable(),
    study_sha256: z.string(),
    engine: z.string(),
    seed: z.number().nullable(),
    scale: z.number().nullable(),
    generator: z.number().nullable(),
  }),
});

/** What a command printed with `--json`. */
export const answerSchema = z.looseObject(written);

export type StudyResults = z.output<typeof resultsSchema>;

export type RunDocument =
  | { readonly kind: 'study'; readonly results: StudyResults }
  | { readonly kind: 'answer'; readonly results: z.output<typeof answerSchema> };

const number = z.number().nullable();

/** printed.json as `printedDocument` makes it. */
export const printedSchema: z.ZodType<PrintedDocument> = z.object({
  ...written,
  study: z.string(),
  language: z.enum(['en', 'zh']),
  tables: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      parts: z.array(
        z.object({
          id: z.string(),
          caption: z.string(),
          below: z.string().exactOptional(),
          columns: z.array(z.object({ id: z.string(), label: z.string(), of: z.string().exactOptional() })),
          rows: z.array(
            z.object({
              id: z.string(),
              label: z.string(),
              cells: z.array(
                z
                  .object({
                    kind: z.enum([
                      'label',
                      'word',
                      'verbatim',
                      'estimate',
                      'statistic',
                      'interval',
                      'p',
                      'count',
                      'number',
                    ]),
                    text: z.string(),
                    value: z.union([number, z.tuple([number, number])]).exactOptional(),
                    stars: z.string().exactOptional(),
                    p: z.number().exactOptional(),
                  })
                  .nullable(),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Something that differs, as far as that says what it can come from. */
export interface Changed {
  /** The part of the study that it is of; null: anything of the study can have changed it. */
  readonly part: Part | null;
  /** `print`: the same number printed otherwise; `order`: the order of the tables; `claim`: what a paper printed beside what was obtained. */
  readonly what: 'number' | 'words' | 'print' | 'order' | 'claim' | 'figure';
  /** File of the folder of results that it was read from. */
  readonly file: string;
}

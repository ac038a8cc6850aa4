import { z } from 'zod';
import { at, lastOf, ownEntry } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import type { FrameworkClaim } from '../../output/figure/contract.ts';
import { type ClaimOnPath, frameworkFigure } from '../../output/figure/framework-figure.ts';
import { holdingText } from '../../output/report/claim-texts.ts';
import type { HypothesisRow } from '../../output/report/outline.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import { listed } from '../../output/table/event-tables.ts';
import type { EstimatedModels } from '../estimated.ts';
import { bilingual } from '../language/bilingual.ts';
import { faultAt, unknownNames } from '../language/faults.ts';
import type { ResolvedHypothesis } from '../language/resolved-hypothesis.ts';
import { label } from '../language/words.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { figureKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('framework').describe('The hypotheses as arrows between variables, each with its verdict.'),
    ...figureKeys,
    hypotheses: z.array(z.string()).min(1).describe('Ids of the hypotheses that it shows. Default: all.').optional(),
    names: z
      .record(z.string(), label('Name.'))
      .describe('What it calls a variable, such as its long name. Default: as tables print it.')
      .optional(),
    covariance: z.int().min(1).default(1).describe('Verdicts under which of their covariances, from 1.'),
  })
  .describe('Framework of the hypotheses: what acts on what, through and as far as what (`path` of each).');

/** The framework of the hypotheses with their verdicts. */
export const framework = {
  kind: 'framework',
  isWithoutRows: true,
  schema,
  example: { kind: 'framework', id: 'framework', title: 'Framework' },
  check: ({ hypotheses, names: called = {} }, path, { hypotheses: known, columns }) => [
    ...(known.length === 0 ? [faultAt([...path, 'kind'], said('fault.no_hypotheses'))] : []),
    ...unknownNames(hypotheses ?? [], said('noun.hypothesis'), known, (i) => [...path, 'hypotheses', i]),
    ...unknownNames(Object.keys(called), said('noun.variable'), columns, (i) => [
      ...path,
      'names',
      Object.keys(called)[i] ?? '',
    ]),
  ],
  isOfAll: true,
  tables: (figure, { hypotheses }) => shownOf(figure, hypotheses).flatMap((one) => ('table' in one ? [one.table] : [])),
  make: (figure, { study, models, verdicts, number, isSynthetic }) => {
    const { id, title, names = {}, covariance } = figure;
    const shown = shownOf(figure, study.hypotheses);
    const claims = shown.flatMap((hypothesis) => {
      const row = verdicts.find((one) => one.id === hypothesis.id);
      const claim = claimOf(hypothesis, row, covariance - 1);
      const place = 'slopes' in hypothesis ? placeOf(models, hypothesis.model) : null;
      return hypothesis.path.map((path): ClaimOnPath => ({ claim, ...path, place }));
    });
    const pathless = shown.filter(({ path }) => path.length === 0).map((one) => one.id);
    const vcov = shown.flatMap(
      (one) => verdicts.find((row) => row.id === one.id)?.verdicts[covariance - 1]?.vcov ?? [],
    )[0];
    return frameworkFigure({
      ...{ id, number, title, claims, isSynthetic },
      nameOf: (variable) => {
        const own = ownEntry(names, variable);
        return own === undefined ? labelOf(study, variable) : bilingual(own);
      },
      notes: [
        ...(vcov === undefined
          ? []
          : [{ key: 'framework.note', values: { vcov: covarianceName(vcov, study.labels) } } as const]),
        ...(claims.some(({ via }) => via.length > 0) ? [{ key: 'framework.second_note' } as const] : []),
        ...(pathless.length === 0 ? [] : [{ key: 'framework.pathless', values: { ids: listed(pathless) } } as const]),
      ],
    });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;

function shownOf(
  { hypotheses: wanted }: { readonly hypotheses?: readonly string[] | undefined },
  all: readonly ResolvedHypothesis[],
): readonly ResolvedHypothesis[] {
  return wanted === undefined ? all : all.filter(({ id }) => wanted.includes(id));
}

/** Under a covariance, under the last where there are fewer. */
function claimOf({ id }: ResolvedHypothesis, row: HypothesisRow | undefined, covariance: number): FrameworkClaim {
  if (row === undefined || row.verdicts.length === 0) return { id, verdict: 'untested', evidence: null };
  const under = at(row.verdicts, Math.min(covariance, row.verdicts.length - 1));
  return { id, verdict: under.verdict, evidence: holdingText(row.rule, under) };
}

/** The one threshold of a model. */
function placeOf(models: EstimatedModels, model: string): number | null {
  const [test] = (ownEntry(models, model) ?? []).flatMap(({ threshold }) =>
    threshold === null ? [] : [lastOf(threshold.tests)],
  );
  return test?.gamma[0] ?? null;
}

import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Coefficient } from './coefficients.ts';
import type { IvResult } from './iv.ts';
import type { OverallTest } from './overall-test.ts';

/** What a result has no number for, with the reason: no empty cell is silent. */
export function undefinedDiagnostics(input: {
  readonly coef: readonly Coefficient[];
  readonly f: OverallTest | null;
  readonly iv: IvResult | null;
}): readonly Diagnostic[] {
  const { coef, f, iv } = input;
  const stages = iv?.first_stage ?? [];
  const errors = [
    ...errorReasons(coef, ''),
    ...stages.flatMap((stage) => errorReasons(stage.coef, `${stage.endog}: `, stage.is_held === true)),
  ];
  const overall =
    f?.reason === undefined
      ? []
      : [{ test: 'F', reason: f.reason, ranks: f.reason === 'covariance-rank' ? ` (${f.rank} < ${f.df[0]})` : '' }];
  return [
    ...grouped(errors).map(
      ([reason, terms]): Diagnostic => ({ ...warning, code: 'error-undefined', detail: { terms, reason } }),
    ),
    ...overall.map(
      ({ test, reason, ranks }): Diagnostic => ({
        ...warning,
        code: 'test-undefined',
        detail: { tests: [test], reason, ...(ranks === '' ? {} : { ranks }) },
      }),
    ),
    ...grouped(iv === null ? [] : emptyTests(iv)).map(
      ([reason, tests]): Diagnostic => ({ ...warning, code: 'test-undefined', detail: { tests, reason } }),
    ),
  ];
}

const warning = { severity: 'warning' } as const;

type Reasoned = readonly [reason: string, name: string];

function errorReasons(coef: readonly Coefficient[], prefix: string, isHeld = false): readonly Reasoned[] {
  return coef.flatMap(({ term, se, stat }): readonly Reasoned[] => {
    if (stat !== null && se !== null) return [];
    return [[isHeld ? 'held' : se === 0 ? 'zero' : 'not-finite', prefix + term]];
  });
}

/** Tests of the instruments without a value, by their keys; what does not exist by design (an exactly identified model) is none. */
function emptyTests(iv: IvResult): readonly Reasoned[] {
  const held = iv.first_stage.some((stage) => stage.is_held === true) ? 'held' : 'covariance-rank';
  const stages = iv.first_stage.flatMap((stage): readonly Reasoned[] => {
    const reason = stage.is_held === true ? 'held' : 'covariance-rank';
    const lines: readonly (readonly [string, number | null])[] = [
      ['f', stage.f],
      ['sanderson_windmeijer', stage.sanderson_windmeijer.stat],
      ['angrist_pischke', stage.angrist_pischke.stat],
    ];
    return lines.flatMap(([key, value]) =>
      value === null ? [[reason, `first_stage(${stage.endog}).${key}`] as const] : [],
    );
  });
  const lines: readonly (readonly [string, { readonly stat: number | null } | null])[] = [
    ['anderson_lm', iv.anderson_lm],
    ['cragg_donald_f', { stat: iv.cragg_donald_f }],
    ['kleibergen_paap_lm', iv.kleibergen_paap_lm],
    ['kleibergen_paap_f', { stat: iv.kleibergen_paap_f }],
    ['overid', iv.overid],
    ['wu_hausman', iv.wu_hausman ?? { stat: null }],
    ['endogeneity', iv.endogeneity ?? { stat: null }],
    ['orthogonality', iv.orthogonality],
    ['anderson_rubin', iv.anderson_rubin],
    ['stock_wright', iv.stock_wright],
    ['conditional_lr', iv.conditional_lr],
  ];
  return [
    ...stages,
    ...lines.flatMap(([key, line]) => (line !== null && line.stat === null ? [[held, key] as const] : [])),
  ];
}

function grouped(items: readonly Reasoned[]): readonly (readonly [string, readonly string[]])[] {
  const reasons = [...new Set(items.map(([reason]) => reason))];
  return reasons.map((reason) => [reason, items.filter(([own]) => own === reason).map(([, name]) => name)] as const);
}

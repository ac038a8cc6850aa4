import { keysOf, withKeys } from '../../error/known-keys.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { anyOf, type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CorrectionForm, Singletons, SmallSampleRule } from '../contract.ts';

type Forms = SmallSampleRule['forms'];

/** fixest and reghdfe; for lack of another convention also where a software has no such covariance. */
const groupedForms: Forms = {
  iid: { scale: 'one', isGrouped: false, dof: 'residual' },
  hc: { scale: 'n', isGrouped: false, dof: 'residual' },
  cluster: { scale: 'n-1', isGrouped: true, dof: 'groups' },
  nw: { scale: 'n-1', isGrouped: true, dof: 'groups' },
  dk: { scale: 'n-1', isGrouped: true, dof: 'groups' },
  conley: { scale: 'n-1', isGrouped: false, dof: 'residual' },
};
/** Stata: newey has N/(N-K) and t(N-K); xtscc has no factor and t(units - 1). */
const stataForms: Forms = {
  ...groupedForms,
  nw: { scale: 'n', isGrouped: false, dof: 'residual' },
  dk: { scale: 'bare', isGrouped: false, dof: 'units' },
};
/** linearmodels: N/(N-K) on every sandwich and t(N-K); no factor for groups unless group_debias is set. */
const linearmodelsForm: CorrectionForm = { scale: 'n', isGrouped: false, dof: 'residual' };

function withDof(forms: Forms, dof: CorrectionForm['dof']): Forms {
  return mapForms(forms, (form) => ({ ...form, dof }));
}

function mapForms(forms: Forms, change: (form: CorrectionForm) => CorrectionForm): Forms {
  return withKeys(keysOf(forms), (kind) => change(forms[kind]));
}

const fixest: Omit<SmallSampleRule, 'label'> = {
  counting: 'fixest',
  adjusts: true,
  fixefK: 'nested',
  adjustsClusters: true,
  clusterDf: 'min',
  forms: groupedForms,
  bareDivisor: 'n-1',
  printsConstant: false,
  gmmResiduals: 'first',
  overallRule: null,
  weightScale: 'raw',
  singletons: 'drop',
};
const keeping = { singletons: 'keep' } as const;
/** Stata: analytic weights have mean 1. */
const stata = { weightScale: 'mean-one' } as const;
const bare = { adjusts: false, fixefK: 'none', adjustsClusters: false } as const;
/** No factor, SSR / N, the normal. */
const asymptotic: Omit<SmallSampleRule, 'label'> = {
  ...fixest,
  ...stata,
  ...keeping,
  ...bare,
  forms: withDof(groupedForms, 'normal'),
  bareDivisor: 'n',
};
/** Stata's `small`: every parameter counted, nested or not. */
const small: Omit<SmallSampleRule, 'label'> = { ...fixest, ...stata, ...keeping, fixefK: 'full' };

/**
 * Small-sample conventions by the software that prints them; sources in docs/methods/covariance.md.
 * `none` is fixest's ssc(adj = FALSE, cluster.adj = FALSE): factor 1 on every sandwich, and SSR / (N - 1) for iid.
 * `ivreg2` and `ivregress` are those without `small`: no factor, SSR / N, and the normal. They differ in GMM alone.
 * fixest (0.13 and later) and reghdfe drop singletons; Stata's own commands, plm and linearmodels keep them.
 */
const presets: Readonly<Record<string, Omit<SmallSampleRule, 'label'>>> = {
  fixest,
  reghdfe: { ...fixest, ...stata, counting: 'reghdfe' },
  xtreg: { ...fixest, ...stata, ...keeping, counting: 'xtreg', forms: stataForms, printsConstant: true },
  areg: { ...fixest, ...stata, ...keeping, counting: 'areg', forms: stataForms, printsConstant: true },
  plm: {
    ...fixest,
    ...keeping,
    counting: 'plm',
    fixefK: 'none',
    clusterDf: 'conventional',
    forms: { ...withDof(groupedForms, 'residual'), nw: { scale: 'n', isGrouped: false, dof: 'residual' } },
  },
  linearmodels: {
    ...fixest,
    ...keeping,
    counting: 'linearmodels',
    forms: { ...mapForms(groupedForms, () => linearmodelsForm), iid: groupedForms.iid },
  },
  ivreg2: { ...asymptotic, overallRule: 'ivreg2-small' },
  'ivreg2-small': small,
  ivregress: { ...asymptotic, gmmResiduals: 'final' },
  'ivregress-small': { ...small, gmmResiduals: 'final' },
  none: { ...fixest, ...bare },
};

/** Names of the presets, in the order that documents have them. */
export const smallSamplePresets: readonly string[] = Object.keys(presets);

const switches: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
};
const customKeys = ['adj', 'fixef_k', 'cluster_adj', 'cluster_df', 'repair'];

/**
 * Reads a convention: a preset, or `adj=…,fixef_k=none|nested|full,cluster_adj=…,cluster_df=min|conventional` in fixest's meaning.
 * @throws bad-option with the nearest preset or key.
 */
export function readSmallSample(text: string): SmallSampleRule {
  if (Object.hasOwn(presets, text)) return { label: text, ...presets[text] };
  if (!text.includes('=')) throw badSsc(text, Object.keys(presets).join(', '), Object.keys(presets));
  let rule: SmallSampleRule = { label: text, ...presets.fixest };
  for (const entry of text.split(',')) {
    const [key, value = ''] = entry.split('=').map((part) => part.trim().toLowerCase());
    switch (key) {
      case 'adj':
        rule = { ...rule, adjusts: readSwitch(value, entry) };
        break;
      case 'cluster_adj':
        rule = { ...rule, adjustsClusters: readSwitch(value, entry) };
        break;
      case 'fixef_k':
        rule = { ...rule, fixefK: readChoice(value, entry, ['none', 'nested', 'full']) };
        break;
      case 'cluster_df':
        rule = { ...rule, clusterDf: readChoice(value, entry, ['min', 'conventional']) };
        break;
      case 'repair':
        rule = { ...rule, repairs: readChoice(value, entry, ['basis', 'units']) };
        break;
      default:
        throw badSsc(entry.trim(), customKeys.map((one) => `${one}=…`).join(', '), customKeys);
    }
  }
  return rule;
}

/** What is asked for of singletons, or what the convention does. @throws bad-option */
export function singletonsOf(asked: Singletons | undefined, ssc: string | undefined): Singletons {
  return asked ?? readSmallSample(ssc ?? 'fixest').singletons;
}

/** Reads what becomes of singletons. @throws bad-option */
export function readSingletons(text: string): Singletons {
  if (text === 'keep' || text === 'drop') return text;
  const suggestion = nearestName(text, ['keep', 'drop']);
  throw new StudyError('bad-option', {
    option: 'singletons',
    value: text,
    expected: anyOf(['keep', 'drop']),
    suggestion,
  });
}

function readSwitch(value: string, entry: string): boolean {
  if (Object.hasOwn(switches, value)) return switches[value];
  throw badSsc(entry.trim(), said('type.truth'), []);
}

function readChoice<const C extends string>(value: string, entry: string, known: readonly C[]): C {
  const choice = known.find((one) => one === value);
  if (choice === undefined) throw badSsc(entry.trim(), known.join(', '), known);
  return choice;
}

function badSsc(value: string, expected: Expected, known: readonly string[]): StudyError {
  const name = value.includes('=') && known !== customKeys ? value.slice(value.indexOf('=') + 1) : value.split('=')[0];
  return new StudyError('bad-option', { option: 'ssc', value, expected, suggestion: nearestName(name, known) });
}

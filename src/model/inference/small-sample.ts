import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { SmallSampleRule } from '../contract.ts';

/**
 * Small-sample conventions by the software that prints them; sources in docs/methods/covariance.md.
 * `none` is fixest's ssc(adj = FALSE, cluster.adj = FALSE): factor 1 on every sandwich, and SSR / (N - 1) for iid.
 */
const presets: Readonly<Record<string, Omit<SmallSampleRule, 'label'>>> = {
  fixest: { counting: 'fixest', adjusts: true, fixefK: 'nested', adjustsClusters: true, clusterDf: 'min' },
  reghdfe: { counting: 'reghdfe', adjusts: true, fixefK: 'nested', adjustsClusters: true, clusterDf: 'min' },
  xtreg: { counting: 'xtreg', adjusts: true, fixefK: 'nested', adjustsClusters: true, clusterDf: 'min' },
  plm: { counting: 'plm', adjusts: true, fixefK: 'none', adjustsClusters: true, clusterDf: 'conventional' },
  none: { counting: 'fixest', adjusts: false, fixefK: 'none', adjustsClusters: false, clusterDf: 'min' },
};

const switches: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
};
const customKeys = ['adj', 'fixef_k', 'cluster_adj', 'cluster_df'];

/**
 * Reads `--ssc`: a preset, or `adj=…,fixef_k=none|nested|full,cluster_adj=…,cluster_df=min|conventional` in fixest's meaning.
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
      default:
        throw badSsc(entry.trim(), customKeys.map((one) => `${one}=…`).join(', '), customKeys);
    }
  }
  return rule;
}

function readSwitch(value: string, entry: string): boolean {
  if (Object.hasOwn(switches, value)) return switches[value];
  throw badSsc(entry.trim(), 'true or false', []);
}

function readChoice<const C extends string>(value: string, entry: string, known: readonly C[]): C {
  const choice = known.find((one) => one === value);
  if (choice === undefined) throw badSsc(entry.trim(), known.join(', '), known);
  return choice;
}

function badSsc(value: string, expected: string, known: readonly string[]): StudyError {
  const name = value.includes('=') && known !== customKeys ? value.slice(value.indexOf('=') + 1) : value.split('=')[0];
  return new StudyError('bad-option', { option: '--ssc', value, expected, suggestion: nearestName(name, known) });
}

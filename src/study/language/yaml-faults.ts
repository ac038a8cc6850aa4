import type { ErrorCode as YamlCode } from 'yaml';
import { type Said, type SaidKey, said, saidSlots } from '../../error/said.ts';

/** What is wrong with the YAML of a study file, in words of its own: none of the file is repeated. */
export function yamlFault(code: YamlCode): Said {
  const key = `yaml.${code.toLowerCase()}`;
  return isYamlKey(key) ? said(key) : said('yaml.not_yaml');
}

/** Phrases about a code of the YAML reader, none of which has a slot. */
type YamlKey = Extract<SaidKey, `yaml.${Lowercase<YamlCode>}`>;

function isYamlKey(key: string): key is YamlKey {
  return Object.hasOwn(saidSlots, key);
}

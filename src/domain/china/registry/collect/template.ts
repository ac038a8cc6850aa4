import { nearestName } from '../../../../error/nearest-name.ts';
import { type Said, said } from '../../../../error/said.ts';

/**
 * The small language of requests. `{name}` is a value; `{function:text}` is a digest or the case of a text, which may hold
 * placeholders itself: `{md5upper:{key}{timespan}{secret}}`. A brace that is meant as such is written `\{` or `\}`.
 */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: ValueName }
  | { readonly kind: 'function'; readonly name: FunctionName; readonly of: Template };

export const valueNames = [
  'key',
  'secret',
  'timespan',
  'timespan_ms',
  'keyword',
  'city',
  'province',
  'city_code',
  'district',
  'status',
  'from',
  'to',
  'after',
  'year',
  'page',
  'page_size',
] as const;
export type ValueName = (typeof valueNames)[number];

export const functionNames = ['md5', 'md5upper', 'sha1', 'sha256', 'sha256upper', 'base64', 'upper', 'lower'] as const;
export type FunctionName = (typeof functionNames)[number];

/** A template that cannot be read; `offset` counts characters from 0. */
export interface TemplateFault {
  readonly offset: number;
  readonly problem: Said;
  readonly nearest: string | null;
}

/** Reads a template, or says where it goes wrong. */
export function parseTemplate(text: string): { readonly template: Template } | { readonly fault: TemplateFault } {
  const state = { text, at: 0 };
  const read = readParts(state, false);
  return 'problem' in read ? { fault: read } : { template: read };
}

function readParts(state: { readonly text: string; at: number }, isInside: boolean): Template | TemplateFault {
  const parts: TemplatePart[] = [];
  const opened = state.at;
  let plain = '';
  const flush = (): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (state.at < state.text.length) {
    const letter = state.text[state.at];
    if (letter === '\\' && '{}\\'.includes(state.text[state.at + 1] ?? ' ')) {
      plain += state.text[state.at + 1];
      state.at += 2;
    } else if (letter === '{') {
      flush();
      const part = readPlaceholder(state);
      if ('problem' in part) return part;
      parts.push(part);
    } else if (letter === '}') {
      if (!isInside) return { offset: state.at, problem: said('collect_fault.no_opening'), nearest: null };
      flush();
      return parts;
    } else {
      plain += letter;
      state.at++;
    }
  }
  flush();
  return isInside ? { offset: opened, problem: said('collect_fault.no_closing'), nearest: null } : parts;
}

/** From the opening brace to behind the closing one. */
function readPlaceholder(state: { readonly text: string; at: number }): TemplatePart | TemplateFault {
  const offset = state.at;
  const word = /^\{([A-Za-z0-9_]*)([:}]?)/.exec(state.text.slice(offset));
  const [whole, name, end] = word ?? ['', '', ''];
  if (end === '') return { offset, problem: said('collect_fault.no_closing'), nearest: null };
  state.at += whole.length;
  if (end === '}') {
    const known = valueNames.find((value) => value === name);
    return known === undefined ? unknown(offset, 'value', name, valueNames) : { kind: 'value', name: known };
  }
  const known = functionNames.find((value) => value === name);
  if (known === undefined) return unknown(offset, 'function', name, functionNames);
  const of = readParts(state, true);
  if ('problem' in of) return of;
  state.at++;
  return { kind: 'function', name: known, of };
}

function unknown(offset: number, what: 'value' | 'function', name: string, known: readonly string[]): TemplateFault {
  const nearest = nearestName(name, known);
  const shown = { name: `{${name}}` };
  const problem =
    nearest === null
      ? said(`collect_fault.unknown_${what}_of`, { ...shown, known })
      : said(`collect_fault.unknown_${what}`, shown);
  return { offset, problem, nearest };
}

/** Every value that a template names. */
export function templateValues(template: Template): readonly ValueName[] {
  return template.flatMap((part) =>
    part.kind === 'text' ? [] : part.kind === 'value' ? [part.name] : templateValues(part.of),
  );
}

/**
 * The text of a template; null when it names a value that there is none of, such as the district of a window that is not
 * split by district: its parameter is then left out.
 * @param apply the functions, which need more than this layer has
 */
export function renderTemplate(
  template: Template,
  values: Readonly<Record<ValueName, string | null>>,
  apply: (name: FunctionName, text: string) => string,
): string | null {
  let out = '';
  for (const part of template) {
    const text =
      part.kind === 'text'
        ? part.text
        : part.kind === 'value'
          ? values[part.name]
          : renderTemplate(part.of, values, apply);
    if (text === null) return null;
    out += part.kind === 'function' ? apply(part.name, text) : text;
  }
  return out;
}

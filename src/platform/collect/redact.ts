import { jsonValue } from '../../table/json-text.ts';
import { decodedTexts } from './decodings.ts';

/** What keeps secrets from what is written or shown. */
export interface SecretGuard {
  /** Whether a text holds a secret, in whatever encoding, in either case. */
  holds(text: string): boolean;
  /** A text without secrets: where one stands as it is or in a usual form it alone is taken out, else the whole text is. */
  redact(text: string): string;
  /** The same of every text and key in a JSON document, on its decoded value; what is no JSON is a text. */
  redactJson(text: string): string;
}

export const redacted = '[redacted]';

/** Shorter than this is no key, and taking it out of a text would take out what is none. */
export const leastSecret = 8;

/** Everything that is written or shown goes through it. Secrets that are too short are none. */
export function secretGuard(given: readonly string[]): SecretGuard {
  const secrets = [...new Set(given.filter((secret) => secret.length >= leastSecret))];
  const sought = secrets.map((secret) => secret.toLowerCase());
  const forms = secrets
    .flatMap((secret) => [secret, secret.toUpperCase(), secret.toLowerCase()])
    .flatMap(usualForms)
    .sort((a, b) => b.length - a.length);
  const plain = forms.length === 0 ? null : new RegExp([...new Set(forms)].map(literally).join('|'), 'gi');

  const holds = (text: string): boolean => {
    if (sought.length === 0) return false;
    for (const one of decodedTexts(text)) {
      const lower = one.toLowerCase();
      if (sought.some((secret) => lower.includes(secret))) return true;
    }
    return false;
  };
  const redact = (text: string): string => {
    const left = plain === null ? text : text.replace(plain, redacted);
    return holds(left) ? redacted : left;
  };
  return {
    holds,
    redact,
    redactJson: (text) => {
      if (!holds(text)) return text;
      return jsonValue(text) !== undefined
        ? text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, (literal) => literalWithout(literal, redact))
        : redact(text);
    },
  };
}

/** As it is, inside JSON, inside a URL, in base64. */
function usualForms(text: string): string[] {
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    new URLSearchParams([['', text]]).toString().slice(1),
    Buffer.from(text).toString('base64'),
  ];
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function literalWithout(literal: string, redact: (text: string) => string): string {
  const value = jsonValue(literal); // a literal of a document that is JSON is a text
  const left = redact(String(value));
  return left === value ? literal : JSON.stringify(left);
}

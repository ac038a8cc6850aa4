/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

export const redacted = '[redacted]';

/** Shorter than this is no key, and taking it out of a text would take out what is none. */
export const leastSecret = 8;

/**
 * Replaces every secret in every form that it travels in: as it is, in upper and lower case, inside JSON, inside a URL,
 * in base64. Everything that is written or shown goes through it.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= leastSecret)
    .flatMap((secret) => [secret, secret.toUpperCase(), secret.toLowerCase()])
    .flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
      encodeURIComponent(text),
      new URLSearchParams([['', text]]).toString().slice(1),
      Buffer.from(text).toString('base64'),
    ]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((left, form) => left.replaceAll(form, redacted), text);
}

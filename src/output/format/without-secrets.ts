/** An address, up to what ends it in a sentence of either language. */
const address = /[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>“”‘’，。；、（）]+/giu;

/**
 * A text whose addresses tell no name, password, key or token: of `https://me:pw@host/a.csv?token=x` stays
 * `https://…@host/a.csv?…`. What is no address stays as it is.
 */
export function withoutSecrets(text: string): string {
  return text.replace(address, (written) =>
    written.replace(/^([a-z][a-z0-9+.-]*:\/\/).*@/i, '$1…@').replace(/([?#;]).+$/u, '$1…'),
  );
}

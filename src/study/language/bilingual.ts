/** A text in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** One text serves both languages. */
export function bilingual(label: string | Bilingual): Bilingual {
  return typeof label === 'string' ? { en: label, zh: label } : label;
}

/** Each language in itself, and labels of a page that are read before one is chosen. */
export const languageNames = { en: 'English', zh: '中文' } as const;
export const languageLabel = 'Language / 语言';
export const contentsLabel = 'Contents / 目录';

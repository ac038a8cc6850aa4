/** What a format says of blocks that it cannot show, English. */
export const documentEn = {
  'document.figure_not_drawn': '[{title}: this format shows no figures; html does.]',
  'document.descriptives': 'Descriptive statistics',
  'document.in_full': 'The model in full',
  'document.coefficients': 'Coefficients',
  'document.left_out': '{format} has no place for: {names}. Text, md, tex, html, typst and json have all of it.',
  'document.latex_needs': 'In the preamble: {preamble}. Chinese text: XeLaTeX or LuaLaTeX and the package ctex.',
  'document.fold_elsewhere': '[{title}: in {file}.]',
  'document.words': 'Notes',
} as const;

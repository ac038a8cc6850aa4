import type { PreparedStudy, Program } from '../contract.ts';
import type { MadeColumn } from '../made-columns.ts';
import { oneLine } from '../one-line.ts';
import { bare, exactly, spell, wrapped } from '../spelling.ts';
import { comparisonsR } from './compare-r.ts';
import { functionsR } from './head-r.ts';
import { linesR } from './lines-r.ts';
import { conventionR, partR } from './part-r.ts';
import { quotedR, spellingR } from './spelling-r.ts';

/** R: fixest where it is there, else least squares written out in base R. */
export const programR: Program = {
  id: 'r',
  name: 'R',
  script: 'replicate.R',
  run: 'Rscript replicate.R',
  comment: '#',
  lines: linesR,
  head: headR,
  part: partR,
  skip: (name, { count, reason }) => `not_repeated(${quotedR(name)}, ${count}, ${quotedR(oneLine(reason))})`,
  ending: [
    'cat(sprintf("\\n%d of %d numbers agree (relative tolerance %g)\\n%d not repeated\\n", agreed, compared, tolerance, left_out))',
    'quit(status = if (agreed == compared) 0L else 1L)',
  ],
};

function headR(study: PreparedStudy): readonly string[] {
  const { id, title, isSynthetic, version, panelSha256, columns, namer, nrow } = study;
  const texts = columns.names.filter((name) => columns.kindOf(name) === 'text');
  const classes = texts.map((name, i) => `${quotedR(name)} = "character"${i < texts.length - 1 ? ',' : ''}`);
  return [
    `# ${oneLine(title)} (${id})`,
    ...(isSynthetic
      ? ['#', '# THE DATA ARE SYNTHETIC: made up, not those of the authors. This is no replication of a paper.']
      : []),
    '#',
    `# Repeats the numbers of a study of Kaya ${version} in R and compares them one by one. Run in this folder: Rscript replicate.R`,
    '# fixest is used where it is installed (install.R); without it, or with KAYA_WRITTEN_OUT=1, the functions below, which need',
    '# nothing but base R. KAYA_TOLERANCE=1e-8 asks for more agreement. Ends with status 1 where a number differs.',
    '',
    'place <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))',
    'if (length(place) == 1) setwd(dirname(place))',
    'has_fixest <- Sys.getenv("KAYA_WRITTEN_OUT") == "" && requireNamespace("fixest", quietly = TRUE)',
    'if (has_fixest) suppressPackageStartupMessages(library(fixest))',
    'cat(if (has_fixest) paste("fixest", packageVersion("fixest")) else "fixest is not used: least squares written out in base R", "\\n\\n")',
    '',
    functionsR.trimEnd(),
    comparisonsR.trimEnd(),
    '',
    '# ---- the panel ----------------------------------------------------------------------------------',
    '',
    `# sha256 ${panelSha256}`,
    `types <- c(\n${wrapped(classes, '  ').join('\n')}\n)`,
    'header <- names(read.csv("panel.csv", nrows = 1, check.names = FALSE, encoding = "UTF-8"))',
    'panel <- read.csv("panel.csv", check.names = FALSE, na.strings = "", encoding = "UTF-8",',
    '  colClasses = ifelse(header %in% names(types), "character", "numeric"))',
    `stopifnot(nrow(panel) == ${nrow})`,
    ...namer.renamed().map(([own, given]) => `names(panel)[names(panel) == ${quotedR(own)}] <- ${quotedR(given)}`),
    ...(study.made.length === 0 ? [] : ['# Columns that formulas make, on all rows.']),
    ...study.made.map((column) => `panel$${column.name} <- ${madeR(column, study)} # ${oneLine(column.term)}`),
    '',
    'conventions <- list(',
    study.conventions.map((label) => `  ${conventionR(label)}`).join(',\n'),
    ')',
  ];
}

function madeR(column: MadeColumn, { namer, panel, columns }: PreparedStudy): string {
  switch (column.kind) {
    case 'expression': {
      const keys = { unit: namer.column(panel.unit), time: namer.column(panel.time), step: columns.step ?? 1 };
      return `with(panel, finite(${bare(spell(column.expression, spellingR(namer.column, keys)))}))`;
    }
    case 'product':
      return `with(panel, ${column.of.join(' * ')})`;
    case 'level':
      return `as.numeric(panel$${namer.column(column.factor)} == ${columns.kindOf(column.factor) === 'text' ? quotedR(column.level) : column.level})`;
    case 'regime': {
      const { of, by, low, high } = column;
      const parts = [
        ...(low === null ? [] : [`!at_most(${by}, ${exactly(low)})`]),
        ...(high === null ? [] : [`at_most(${by}, ${exactly(high)})`]),
      ];
      return `with(panel, ${of} * (${parts.join(' & ')}))`;
    }
    case 'group':
      return `with(panel, group_of(${column.of.join(', ')}))`;
  }
}

import type { PreparedStudy, Program } from '../contract.ts';
import type { MadeColumn } from '../made-columns.ts';
import { oneLine } from '../one-line.ts';
import { bare, exactly, spell } from '../spelling.ts';
import { comparisonsPython } from './compare-python.ts';
import { functionsPython } from './functions-python.ts';
import { linesPython } from './lines-python.ts';
import { conventionPython, partPython } from './part-python.ts';
import { listPython, quotedPython, spellingPython } from './spelling-python.ts';

/** Python: pyfixest where it is there, else least squares written out in numpy. */
export const programPython: Program = {
  id: 'python',
  name: 'Python',
  script: 'replicate.py',
  run: 'python replicate.py',
  comment: '#',
  lines: linesPython,
  head: headPython,
  part: partPython,
  skip: (name, { count, reason }) => `not_repeated(${quotedPython(name)}, ${count}, ${quotedPython(oneLine(reason))})`,
  ending: [
    'print(f"\\n{count.agreed} of {count.compared} numbers agree (relative tolerance {tolerance:g})\\n{count.left_out} not repeated")',
    'sys.exit(0 if count.agreed == count.compared else 1)',
  ],
};

function headPython(study: PreparedStudy): readonly string[] {
  const { id, title, isSynthetic, version, panelSha256, columns, namer, nrow } = study;
  const texts = columns.names.filter((name) => columns.kindOf(name) === 'text');
  return [
    `# ${oneLine(title)} (${id})`,
    ...(isSynthetic
      ? ['#', '# THE DATA ARE SYNTHETIC: made up, not those of the authors. This is no replication of a paper.']
      : []),
    '#',
    `# Repeats the numbers of a study of Kaya ${version} in Python and compares them one by one. Run: python replicate.py`,
    '# pyfixest is used where it is installed (requirements.txt); without it, or with KAYA_WRITTEN_OUT=1, the functions below,',
    '# which need numpy and pandas alone. KAYA_TOLERANCE=1e-8 asks for more agreement. Ends with status 1 where a number differs.',
    'import itertools',
    'import os',
    'import sys',
    'import warnings',
    'from dataclasses import dataclass',
    'from pathlib import Path',
    'from types import SimpleNamespace',
    '',
    'import numpy as np',
    'import pandas as pd',
    '',
    'pf, tight = None, {}',
    'if os.environ.get("KAYA_WRITTEN_OUT", "") == "":',
    '    try:',
    '        import pyfixest as pf',
    '',
    '        limits = dict(fixef_tol=1e-12, fixef_maxiter=100000)',
    '        tight = dict(demeaner=pf.MapDemeaner(**limits)) if hasattr(pf, "MapDemeaner") else limits',
    '    except ImportError:',
    '        pf = None',
    'print("pyfixest is not used: least squares written out in numpy\\n" if pf is None else f"pyfixest {pf.__version__}\\n")',
    'warnings.simplefilter("ignore", pd.errors.PerformanceWarning)',
    '',
    functionsPython.trimEnd(),
    '',
    comparisonsPython.trimEnd(),
    '',
    '',
    '# ---- the panel ----------------------------------------------------------------------------------',
    '',
    `# sha256 ${panelSha256}`,
    `texts = ${listPython(texts)}`,
    'with warnings.catch_warnings():',
    '    warnings.simplefilter("ignore")  # pandas 3 always reads the nearest double and no longer wants to be told',
    '    panel = pd.read_csv(',
    '        Path(__file__).resolve().parent / "panel.csv", dtype={name: str for name in texts}, keep_default_na=False, na_values=[""],',
    '        float_precision="round_trip", encoding="utf-8",',
    '    )',
    'panel = panel.astype({name: float for name in panel.columns if name not in texts})',
    `assert len(panel) == ${nrow}`,
    ...(namer.renamed().length === 0
      ? []
      : [
          `panel = panel.rename(columns={${namer
            .renamed()
            .map(([own, given]) => `${quotedPython(own)}: ${quotedPython(given)}`)
            .join(', ')}})`,
        ]),
    ...(study.made.length === 0 ? [] : ['# Columns that formulas make, on all rows.']),
    ...study.made.map((column) => `panel["${column.name}"] = ${madePython(column, study)}  # ${oneLine(column.term)}`),
    '',
    'conventions = {',
    ...study.conventions.map((label) => `    ${conventionPython(label)},`),
    '}',
  ];
}

function madePython(column: MadeColumn, { namer, panel, columns }: PreparedStudy): string {
  const cell = (name: string): string => `panel[${quotedPython(name)}]`;
  switch (column.kind) {
    case 'expression': {
      const keys = { unit: namer.column(panel.unit), time: namer.column(panel.time), step: columns.step ?? 1 };
      return `finite(${bare(spell(column.expression, spellingPython('panel', namer.column, keys)))})`;
    }
    case 'product':
      return column.of.map(cell).join(' * ');
    case 'level': {
      const value = columns.kindOf(column.factor) === 'text' ? quotedPython(column.level) : column.level;
      const own = cell(namer.column(column.factor));
      return `(${own} == ${value}).astype(float).where(${own}.notna())`;
    }
    case 'regime': {
      const { of, by, low, high } = column;
      const parts = [
        ...(low === null ? [] : [`~at_most(${cell(by)}, ${exactly(low)})`]),
        ...(high === null ? [] : [`at_most(${cell(by)}, ${exactly(high)})`]),
      ];
      return `${cell(of)} * np.where(${cell(by)}.isna(), np.nan, ${parts.length === 0 ? '1.0' : parts.join(' & ')})`;
    }
    case 'group':
      return `group_of(${column.of.map(cell).join(', ')})`;
  }
}

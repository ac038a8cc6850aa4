import fc from 'fast-check';
import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { symmetricEigen } from '../../../src/math/symmetric-eigen.ts';
import { fitModel, inferModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import { totalOf } from '../../../src/model/inference/degrees-of-freedom.ts';
import { smallSamplePresets } from '../../../src/model/inference/small-sample.ts';
import { reconcile } from '../../../src/model/reconcile/reconcile.ts';
import type { ColumnTable } from '../../../src/table/column.ts';
import { columnTable, numberColumn } from '../../../src/table/column.ts';
import { rowsIn } from '../../fit-rows.ts';
import { type SmallPanel, smallPanel, tableOf } from '../../model/small-panels.ts';
import { expectNear } from '../../tolerance.ts';

/** The oracle inverts X'X of all dummies and takes roots of I - H: a few digits more than its condition. */
const oracleTolerance = 1e-7;
const sameNumbers = 1e-9;
const formula = 'y ~ x1 + x2 | unit + year';
const panelKeys = { unit: 'unit', time: 'year' };

/** Places of the units: 5 to 8 of them, a degree or two apart. */
function withPlaces(panel: SmallPanel, rows?: readonly number[]): ColumnTable {
  const order = rows ?? panel.y.map((_, i) => i);
  const of = (value: (i: number) => number) => numberColumn(order.map(value));
  return columnTable({
    ...tableOf(panel, order).columns,
    row: of((i) => i),
    lat: of((i) => 30 + 1.7 * panel.unit[i]),
    lon: of((i) => 110 + ((panel.unit[i] * 7) % 5)),
    w: of((i) => 0.5 + ((i * 13) % 7) / 5),
  });
}

function fitted(table: ColumnTable, text = formula, weights: string | null = null) {
  return fitModel({ id: '1', formula: text, table, panel: panelKeys, weights });
}

function errors(table: ColumnTable, vcov: string, ssc = 'none', text = formula): readonly (number | null)[] {
  return summarizeModel(fitted(table, text), { vcov, ssc }).coef.map(({ se }) => se);
}

const posed = smallPanel.filter((panel) => {
  try {
    const { fit } = fitted(tableOf(panel));
    const n = panel.y.length;
    const spread = [0, 1].map((j) => rowsIn(fit).regressors.data.subarray(j * n, (j + 1) * n));
    return (
      fit.names.length === 2 &&
      fit.sums.ssr > 0.1 &&
      spread.every((column) => column.reduce((sum, value) => sum + value * value, 0) > 1)
    );
  } catch {
    return false;
  }
});

/** Everything by the textbook: X with all dummies (weights by their roots), H dense, loops over rows and clusters. */
class DenseOracle {
  readonly panel: SmallPanel;
  readonly n: number;
  readonly x: Matrix;
  readonly bread: Matrix;
  readonly rest: Matrix;
  readonly u: number[];

  constructor(panel: SmallPanel, effects: readonly unknown[][], weights: readonly number[] | null = null) {
    this.panel = panel;
    this.n = panel.y.length;
    const columns: number[][] = [[...panel.x1], [...panel.x2]];
    effects.forEach((effect, e) => {
      for (const level of [...new Set(effect)].slice(e === 0 ? 0 : 1))
        columns.push(effect.map((one) => (one === level ? 1 : 0)));
    });
    const root = (i: number): number => (weights === null ? 1 : Math.sqrt(weights[i]));
    this.x = new Matrix(Array.from({ length: this.n }, (_, i) => columns.map((column) => column[i] * root(i))));
    this.bread = inverse(this.x.transpose().mmul(this.x));
    this.rest = Matrix.eye(this.n).sub(this.x.mmul(this.bread).mmul(this.x.transpose()));
    this.u = this.rest.mmul(Matrix.columnVector(panel.y.map((value, i) => value * root(i)))).to1DArray();
  }

  /** sum over pairs of weight(i, j) v_i v_j x_i x_j', in the sandwich. */
  pairs(weight: (i: number, j: number) => number, v: readonly number[] = this.u): number[] {
    const s = new Matrix(Array.from({ length: this.n }, (_, i) => this.x.getRow(i).map((value) => value * v[i])));
    const w = new Matrix(
      Array.from({ length: this.n }, (_, i) => Array.from({ length: this.n }, (_b, j) => weight(i, j))),
    );
    const meat = s.transpose().mmul(w).mmul(s);
    const v2 = this.bread.mmul(meat).mmul(this.bread);
    return [0, 1].map((j) => Math.sqrt(Math.max(0, v2.get(j, j))));
  }

  /** (I - H)_gg^power by eigenvalues, those near 0 left out. */
  root(rows: readonly number[], power: number): Matrix {
    const block = new Matrix(rows.map((i) => rows.map((j) => this.rest.get(i, j))));
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(block, { assumeSymmetric: true });
    const values = realEigenvalues.map((value) => (value > 1e-9 ? value ** power : 0));
    return eigenvectorMatrix.mmul(Matrix.diag(values)).mmul(eigenvectorMatrix.transpose());
  }

  membersOf(by: readonly unknown[]): number[][] {
    return [...new Set(by)].map((level) => by.flatMap((one, i) => (one === level ? [i] : [])));
  }

  adjusted(by: readonly unknown[], power: number): number[] {
    const out = [...this.u];
    for (const rows of this.membersOf(by)) {
      const own = this.root(rows, power)
        .mmul(Matrix.columnVector(rows.map((i) => this.u[i])))
        .to1DArray();
      rows.forEach((row, i) => {
        out[row] = own[i];
      });
    }
    return out;
  }

  /** Bell and McCaffrey's degrees of freedom from the n x G matrix of p_g. */
  dof(by: readonly unknown[], j: number): number {
    const p = this.membersOf(by).map((rows) => {
      const x = new Matrix(rows.map((i) => this.x.getRow(i)));
      const a = this.root(rows, -0.5)
        .mmul(x)
        .mmul(Matrix.columnVector(this.bread.getColumn(j)));
      const full = new Matrix(this.n, 1);
      rows.forEach((row, i) => {
        full.set(row, 0, a.get(i, 0));
      });
      return this.rest.mmul(full).to1DArray();
    });
    const gram = new Matrix(p.map((a) => p.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0))));
    return gram.trace() ** 2 / gram.to1DArray().reduce((sum, value) => sum + value * value, 0);
  }
}

const same = (a: readonly unknown[]) => (i: number, j: number) => (a[i] === a[j] ? 1 : 0);

describe('against explicit dummies and loops', () => {
  const everywhere = (check: (panel: SmallPanel, table: ColumnTable, oracle: DenseOracle) => void): void => {
    fc.assert(
      fc.property(posed, (panel) => check(panel, withPlaces(panel), new DenseOracle(panel, [panel.unit, panel.year]))),
      { seed: 41, numRuns: 15 },
    );
  };

  test('HC2 and HC3', () => {
    everywhere((panel, table, oracle) => {
      const h = panel.y.map((_, i) => oracle.rest.get(i, i));
      if (Math.min(...h) < 1e-6) return;
      for (const [vcov, power] of [
        ['hc2', 0.5],
        ['hc3', 1],
      ] as const) {
        const scaled = oracle.u.map((u, i) => u / h[i] ** power);
        const expected = oracle.pairs((i, j) => (i === j ? 1 : 0), scaled);
        errors(table, vcov).forEach((se, j) => {
          expectNear(se, expected[j], oracleTolerance);
        });
      }
    });
  });

  test('CR2 and its degrees of freedom: clusters of units, of years, of groups of units', () => {
    everywhere((panel, table, oracle) => {
      for (const [name, by] of [
        ['unit', panel.unit],
        ['year', panel.year],
        ['group', panel.group],
      ] as const) {
        const expected = oracle.pairs(same(by), oracle.adjusted(by, -0.5));
        const { coef } = summarizeModel(fitted(table), { vcov: `cr2:${name}` });
        coef.forEach(({ se, df }, j) => {
          expectNear(se, expected[j], oracleTolerance);
          expectNear((df ?? 0) / oracle.dof(by, j), 1, 1e-6);
        });
      }
    });
  });

  test('CR2 with weights that vary inside clusters: that of the rows times the root of their weight', () => {
    everywhere((panel, table) => {
      const w = panel.y.map((_, i) => 0.5 + ((i * 13) % 7) / 5);
      const oracle = new DenseOracle(panel, [panel.unit, panel.year], w);
      const own = summarizeModel(fitted(table, formula, 'w'), { vcov: 'cr2:unit' });
      const expected = oracle.pairs(same(panel.unit), oracle.adjusted(panel.unit, -0.5));
      own.coef.forEach(({ se }, j) => {
        expectNear(se, expected[j], oracleTolerance);
      });
    });
  });

  test('CR3: the sum of changes when a cluster is left out', () => {
    everywhere((panel, table, oracle) => {
      for (const [name, by] of [
        ['unit', panel.unit],
        ['group', panel.group],
      ] as const) {
        const expected = oracle.pairs(same(by), oracle.adjusted(by, -1));
        errors(table, `cr3:${name}`).forEach((se, j) => {
          expectNear(se, expected[j], 10 * oracleTolerance);
        });
      }
    });
  });

  test('Newey-West and Driscoll-Kraay by the value of time', () => {
    everywhere((panel, table, oracle) => {
      const bartlett = (i: number, j: number): number => Math.max(0, 1 - Math.abs(panel.year[i] - panel.year[j]) / 3);
      const byUnit = oracle.pairs((i, j) => (panel.unit[i] === panel.unit[j] ? bartlett(i, j) : 0));
      errors(table, 'nw:2').forEach((se, j) => {
        expectNear(se, byUnit[j], oracleTolerance);
      });
      const all = oracle.pairs(bartlett);
      errors(table, 'dk:2').forEach((se, j) => {
        expectNear(se, all[j], oracleTolerance);
      });
    });
  });
});

describe('invariances', () => {
  const names = [
    'hc0',
    'hc2',
    'hc3',
    'cr2:unit',
    'cr2:group',
    'cr3:unit',
    'jackknife:unit',
    'nw',
    'nw:3',
    'dk',
    'dk:2',
  ];
  const spatial = ['conley:200,coords=lat+lon', 'conley:400,kernel=bartlett,lag=1,coords=lat+lon'];
  const everywhere = (check: (panel: SmallPanel, vcov: string) => void): void => {
    fc.assert(
      fc.property(posed, fc.constantFrom(...names, ...spatial), (panel, vcov) => {
        try {
          check(panel, vcov);
        } catch (error) {
          if ((error as { code?: string }).code !== 'covariance-undefined') throw error;
        }
      }),
      { seed: 42, numRuns: 40 },
    );
  };

  test('row order', () => {
    everywhere((panel, vcov) => {
      const backwards = panel.y.map((_, i) => panel.y.length - 1 - i);
      const turned = errors(withPlaces(panel, backwards), vcov);
      errors(withPlaces(panel), vcov).forEach((se, j) => {
        expectNear(turned[j], se, sameNumbers);
      });
    });
  });

  test('a regressor times c: its error over c', () => {
    everywhere((panel, vcov) => {
      const scaled = errors(withPlaces({ ...panel, x1: panel.x1.map((value) => value * 1e5) }), vcov);
      const plain = errors(withPlaces(panel), vcov);
      expectNear((scaled[0] ?? 0) * 1e5, plain[0], sameNumbers);
      expectNear(scaled[1], plain[1], sameNumbers);
    });
  });

  test('symmetric and not negative, also what a kernel makes indefinite', () => {
    everywhere((panel, vcov) => {
      const { matrix } = inferModel(fitted(withPlaces(panel), 'y ~ x1 + x2 + I(x1^2) | unit'), { vcov }).covariance;
      for (let j = 0; j < matrix.ncol; j++) {
        for (let i = 0; i < j; i++) expect(matrix.data[i + j * matrix.ncol]).toBe(matrix.data[j + i * matrix.ncol]);
      }
      const { values } = symmetricEigen(matrix);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-11 * Math.max(...values));
    });
  });

  test('special cases: one-row clusters are HC, no lag is clusters or HC, the whole earth is Driscoll-Kraay', () => {
    const pairs = [
      ['cluster:row', 'hc0'],
      ['cr2:row', 'hc2'],
      ['cr3:row', 'hc3'],
      ['nw:0', 'hc0'],
      ['dk:0', 'cluster:year'],
      ['conley:1,coords=lat+lon', 'hc0'],
      ['conley:30000,coords=lat+lon', 'cluster:year'],
    ] as const;
    fc.assert(
      fc.property(posed, fc.constantFrom(...pairs), (panel, [vcov, other]) => {
        const table = withPlaces(panel);
        try {
          const expected = errors(table, other);
          errors(table, vcov).forEach((se, j) => {
            expectNear(se, expected[j], sameNumbers);
          });
        } catch (error) {
          if ((error as { code?: string }).code !== 'covariance-undefined') throw error;
        }
      }),
      { seed: 43, numRuns: 40 },
    );
  });

  test('the constants of xtreg and areg do not touch the slopes', () => {
    everywhere((panel, vcov) => {
      const plain = summarizeModel(fitted(withPlaces(panel)), { vcov });
      const stata = summarizeModel(fitted(withPlaces(panel)), { vcov, ssc: 'xtreg' });
      expect(stata.coef[0].term).toBe('(Intercept)');
      const ratio = Math.sqrt(stata.vcov.factors[0] / plain.vcov.factors[0]);
      plain.coef.forEach(({ se, df }, j) => {
        expectNear(stata.coef[j + 1].se, (se ?? 0) * ratio, sameNumbers);
        expectNear((stata.coef[j + 1].df ?? 1) / (df ?? 1), 1, 1e-8);
      });
    });
  });
});

/** Null where a part of the panel leaves too little to estimate. */
function fittedOrNull(input: Parameters<typeof fitModel>[0]) {
  try {
    return fitModel({ ...input, singletons: 'keep' });
  } catch (error) {
    if (['too-few-rows', 'collinear', 'no-within-variation'].includes((error as { code?: string }).code ?? ''))
      return null;
    throw error;
  }
}

describe('reconcile', () => {
  const vcovs = [
    'iid',
    'hc1',
    'cluster:unit',
    'cluster:group',
    'cluster:unit+year',
    'cluster:group+year',
    'nw:1',
    'dk:1',
  ];
  const models = [
    formula,
    'y ~ x1 + x2 | unit',
    'y ~ x1 + x2',
    'y ~ x1 + x2 | unit[year]',
    'y ~ x1 + x2 | unit + group',
    'y ~ x1 + x2 | unit + year + group',
    'y ~ x1 + x2 | group[year] + year',
  ];
  const compared = smallSamplePresets.filter((label) => !/^ivregress|-small$/.test(label));

  test('factors for N, K and G multiply to every ratio of standard errors, and F follows', () => {
    fc.assert(
      fc.property(
        posed,
        fc.constantFrom(...vcovs),
        fc.constantFrom(...models),
        fc.constantFrom(...compared, 'adj=false', 'fixef_k=full,cluster_df=conventional'),
        fc.boolean(),
        (panel, vcov, text, ssc, isSplit) => {
          // Units of odd number live in later years, so that effects are not connected; a unit seen once is a singleton.
          const lonely = {
            unit: [...panel.unit, 99],
            year: [...panel.year.map((value, i) => value + (isSplit && panel.unit[i] % 2 === 1 ? 10 : 0)), 2001],
            group: [...panel.group, 'north'],
            x1: [...panel.x1, 3],
            x2: [...panel.x2, 1],
            y: [...panel.y, 7],
          };
          const input = { id: '1', formula: text, table: tableOf(lonely), panel: panelKeys };
          const kept = fittedOrNull(input);
          if (kept === null) return;
          const dropped = text.includes('|') ? fitModel({ ...input, singletons: 'drop' }) : null;
          const { columns } = reconcile({ kept, dropped, vcov, ssc });
          expect(columns.map((column) => column.ssc)).toEqual([...new Set([ssc, ...compared])]);
          expect(columns[0].difference).toBeNull();
          for (const { correction } of columns) {
            const account = correction?.account ?? null;
            if (account !== null) expect(totalOf(account)).toBe(correction?.parameters);
          }
          for (const { coef, difference, f } of columns.slice(1)) {
            expect(difference).not.toBeNull();
            coef.forEach(({ ratio }, j) => {
              const product = difference?.product[j];
              if (ratio === null || product === null || product === undefined) return;
              expectNear(product, ratio, 1e-8);
            });
            expect(f === null).toBe(false);
          }
          for (const column of columns.slice(1)) {
            if (column.ssc === 'ivreg2' || ssc === 'ivreg2' || column.difference?.fFactor === null) continue;
            if (column.difference?.fRatio === null) continue;
            expectNear(column.difference?.fFactor, column.difference?.fRatio, 1e-7);
          }
        },
      ),
      { seed: 44, numRuns: 150 },
    );
  });
});

/**
 * A study with every kind of table and figure, and all that is asked for after a fit, over a panel with the columns id, year, y, w, first
 * (the period of a treatment, or nothing) and three whose names are given.
 *
 * @param {{ x: string, z: string, g: string }} names  as the file has them; `g` sorts units into two groups
 * @param {() => string} text  titles and labels
 */
export function everyExhibit({ x, z, g }, text) {
  // Tables and figures name a term as it is printed.
  const quoted = (name) => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``);
  const [a, b] = [quoted(x), quoted(z)];
  const table = (kind, more) => ({ id: `t_${kind}`, kind, title: text(), ...more });
  const figure = (kind, more) => ({ id: `f_${kind}`, kind, title: text(), ...more });
  const vcov = 'cluster:id';
  const drawn = { reps: 9, seed: 1 };
  return {
    models: {
      m: {
        ...{ formula: `y ~ ${a} + ${b} | id + year`, vcov, split: g, differences: a, ...drawn, diagnose: 'all' },
        ...{ family: `${a}, ${b}`, adjust: 'holm', leave_out: a, leave_out_by: 'year', wild: a, clusters: a },
      },
      e: { formula: 'y ~ event(first, year) | id + year', vcov },
      su: { formula: 'y ~ sunab(first, year) | id + year', vcov },
      c: { formula: `y ~ ${a} + ${b} + w | id`, curve: a, curve_test: 9, curve_effects: 'none', omitted: a },
      p: { formula: `y ~ ${a} + ${b} | id`, vcov, permute: a, ...drawn },
      mg: { formula: `y ~ ${a}*${b} | id`, margins: `${a} by ${b}` },
      me: { formula: `y ~ ${a} | id`, mediators: b, ...drawn, reps: 39 },
      th: { formula: 'y ~ w | id', threshold: { regime: a, by: b, boot: 9, trim: 0.1 } },
    },
    tables: [
      table('summary', { variables: [x, z] }),
      table('correlations', { variables: [x, z, 'w'], below: 'p,n', method: 'both' }),
      table('groups', { variables: [x, z], by: g }),
      table('balance', { variables: [x, z], by: g }),
      table('panel_tests', { variables: [a, `d(${b})`], tests: 'all' }),
      table('regression', { models: ['m'] }),
      { ...table('regression', { models: ['c', 'p', 'mg', 'me', 'e', 'su'] }), id: 't_others' },
      table('thresholds', { models: ['th'] }),
      table('family', { family: ['m', 'p'].map((model) => ({ model, term: a })), adjust: ['holm', 'rw'], reps: 9 }),
    ],
    figures: [
      figure('coefficients', { table: 't_regression', term: a }),
      figure('event_study', { models: ['e', 'su'] }),
      figure('placebo', { model: 'p' }),
      ...['lr', 'units', 'shares', 'slopes'].map((kind) => figure(`threshold_${kind}`, { model: 'th' })),
      figure('margins', { model: 'mg' }),
      figure('mediation_sensitivity', { model: 'me' }),
      figure('specification_curve', { model: 'c' }),
    ],
  };
}

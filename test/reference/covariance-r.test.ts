import { afterAll, describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { reconcile } from '../../src/model/reconcile/reconcile.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { openLedger } from './ledger.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

type Numbers = Record<string, number>;

interface Satterthwaite {
  readonly term: string;
  readonly SE: number;
  readonly df: number;
  readonly t: number;
  readonly p: number;
}

interface Block {
  readonly se: Record<string, Numbers> & {
    readonly clubSandwich?: Record<string, Numbers>;
    readonly clubSandwich_CR2_satterthwaite?: readonly Satterthwaite[];
    readonly plm_vcovSCC_default_maxlag?: number;
  };
}

/** R works on the raw cross products; their condition is up to 1e6 in these data. */
const tolerance = 1e-9;
const full = 'fixef_k=full';

/** Key of a block, covariance and convention here. `{unit}` and `{time}` are the panel's columns. */
const cases: readonly (readonly [key: string, vcov: string, ssc: string])[] = [
  ['classical', 'iid', full],
  ['HC0_lsdv', 'hc0', 'fixest'],
  ['HC1_lsdv_NminusK_all_dummies', 'hc1', full],
  ['HC2_lsdv', 'hc2', 'fixest'],
  ['HC3_lsdv', 'hc3', 'fixest'],
  ['plm_white1_HC1', 'hc1', 'plm'],
  ['plm_arellano_HC0_group', 'cluster:{unit}', 'none'],
  ['plm_arellano_sss_group', 'cluster:{unit}', 'plm'],
  ['plm_arellano_HC0_time', 'cluster:{time}', 'none'],
  ['plm_arellano_sss_time', 'cluster:{time}', 'plm'],
  ['plm_vcovDC_HC0_two_way', 'cluster:{unit}+{time}', 'none'],
  ['plm_vcovDC_sss_two_way', 'cluster:{unit}+{time}', 'plm'],
  ['plm_vcovSCC_DK_HC0_L1', 'dk:1', 'none'],
  ['plm_vcovSCC_DK_HC0_L2', 'dk:2', 'none'],
  ['plm_vcovSCC_DK_HC0_L3', 'dk:3', 'none'],
  ['plm_vcovSCC_DK_HC0_default', 'dk', 'none'],
  ['plm_vcovSCC_DK_sss_default', 'dk', 'plm'],
  ['plm_vcovNW_L2', 'nw:2', 'none'],
  ['sandwich_vcovCL_lsdv_HC0_unit', 'cluster:{unit}', 'none'],
  ['sandwich_vcovCL_lsdv_HC1_unit_stata_areg', 'cluster:{unit}', 'areg'],
  ['sandwich_vcovCL_lsdv_HC1_twoway_unit_time', 'cluster:{unit}+{time}', `${full},cluster_df=conventional`],
];

/** clubSandwich on the design net of the unit effects: CR1 is G/(G-1) alone, CR3 has no factor. */
const clubCases = [
  ['CR0', 'cluster:{unit}', 'none'],
  ['CR1', 'cluster:{unit}', 'adj=false'],
  ['CR2', 'cr2:{unit}', 'fixest'],
  ['CR3', 'cr3:{unit}', 'none'],
] as const;

const logs = 'log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp';
const road = 'ln_road_area + financial_development';
const duTwo = 'lnis ~ lngti + er + lngdp + lnpop + lnfdi | cityno + year';
const models = [
  ['grunfeld_plm', 'oneway', 'grunfeld_plm', 'inv ~ value + capital | firm', 'firm', 'year'],
  ['grunfeld_plm', 'twoway', 'grunfeld_plm', 'inv ~ value + capital | firm + year', 'firm', 'year'],
  ['produc', 'oneway', 'produc', `${logs} | state`, 'state', 'year'],
  ['produc', 'twoway', 'produc', `${logs} | state + year`, 'state', 'year'],
  ['fatalities', 'col2', 'fatalities', 'frate ~ beertax | state', 'state', 'year'],
  ['fatalities', 'col3', 'fatalities', 'frate ~ beertax | state + year', 'state', 'year'],
  ['wagepan', 'twoway', 'ivreg2_wagepan', 'lwage ~ expersq + married + union | nr + year', 'nr', 'year'],
  [
    'gp_city_reg',
    'road',
    'gp_city_reg_road',
    `ln_carbon_intensity ~ did + ln_pgdp + ln_pop_density + industrial_advanced + ${road} | city_name + year`,
    'city_name',
    'year',
  ],
  [
    'du2021_china_cities',
    'twfe_lngti_er',
    'du2021_china_cities',
    'lngti ~ er + lngdp + lnrd + lnpop + lnhc + lninv + lnfdi | cityno + year',
    'cityno',
    'year',
  ],
  ['du2021_china_cities', 'twfe_lnis_lngti', 'du2021_china_cities', duTwo, 'cityno', 'year'],
] as const;

const ledger = openLedger();
afterAll(() => {
  if (ledger.count() > 0) console.log(ledger.table());
});

describe.skipIf(!hasReference)(`covariances of R: plm, sandwich, clubSandwich${orSkipped}`, () => {
  test.each(models)('%s %s', (file, key, data, formula, unit, time) => {
    const block = readJson<Record<string, Block>>(expectedFile(`${file}.r`))[key];
    const panel = { unit, time };
    const fitted = fitModel({ id: '1', formula, table: readPlainCsv(dataFile(data)), panel });
    const place = `${file} ${key}`;
    const expectErrors = (name: string, vcov: string, ssc: string, expected: Numbers): void => {
      const filled = vcov.replace('{unit}', unit).replace('{time}', time);
      const { coef } = summarizeModel(fitted, { vcov: filled, ssc });
      for (const [term, theirs] of Object.entries(expected)) {
        const ours = coef.find((one) => one.term === term)?.se;
        ledger.compare(['R', place, name], { ours, theirs, tolerance });
      }
    };
    for (const [name, vcov, ssc] of cases) {
      if (block.se[name] !== undefined) expectErrors(name, vcov, ssc, block.se[name]);
    }
    for (const [name, vcov, ssc] of clubCases) {
      const expected = block.se.clubSandwich?.[name];
      if (expected !== undefined) expectErrors(`clubSandwich ${name}`, vcov, ssc, expected);
    }
    expectFactors(fitted, `cluster:${unit}`, place, block);
    expectSatterthwaite(fitted, unit, place, block.se.clubSandwich_CR2_satterthwaite ?? []);
    expect(Object.keys(block.se).length).toBeGreaterThan(15);
  });

  /** plm's number, led by the factors of --reconcile to those that sandwich has under two other conventions. */
  function expectFactors(fitted: Fitted, vcov: string, place: string, { se }: Block): void {
    const { columns } = reconcile({ kept: fitted, dropped: null, vcov, ssc: 'plm' });
    const others = { areg: se.sandwich_vcovCL_lsdv_HC1_unit_stata_areg, none: se.sandwich_vcovCL_lsdv_HC0_unit };
    for (const [ssc, expected] of Object.entries(others)) {
      const column = columns.find((one) => one.ssc === ssc);
      for (const [term, theirs] of Object.entries(expected ?? {})) {
        const at = column?.coef.findIndex((one) => one.term === term) ?? -1;
        const ours = se.plm_arellano_sss_group[term] * (column?.difference?.product[at] ?? Number.NaN);
        ledger.compare(['R', place, `plm to ${ssc} by factors`], { ours, theirs, tolerance });
      }
    }
  }

  function expectSatterthwaite(fitted: Fitted, unit: string, place: string, rows: readonly Satterthwaite[]): void {
    const { coef } = summarizeModel(fitted, { vcov: `cr2:${unit}` });
    for (const { term, df, t, p } of rows) {
      const own = coef.find((one) => one.term === term);
      ledger.compare(['R', place, 'Satterthwaite df'], { ours: own?.df, theirs: df, tolerance });
      ledger.compare(['R', place, 'CR2 t'], { ours: own?.stat, theirs: t, tolerance });
      ledger.compare(['R', place, 'CR2 p'], { ours: own?.p, theirs: p, tolerance: 1e-7 });
    }
  }
});

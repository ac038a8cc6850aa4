import { z } from 'zod';
import { divisionPolicies } from './place/harmonize.ts';
import { tableFaultKinds } from './synthetic/faults/contract.ts';

/** `data.registry` */
const registry = z
  .strictObject({
    count: z
      .enum(['flow', 'stock'])
      .default('flow')
      .describe('Firms by the year of their founding, or firms alive at the end of each year.'),
    status: z.enum(['all', 'active']).default('all').describe('Whether firms that were struck off since count.'),
    branches: z.boolean().default(true).describe('Whether branches count.'),
    individuals: z.boolean().default(true).describe('Whether individual businesses count.'),
    variants: z
      .array(z.enum(['traditional', 'synonyms', 'latin']).describe('A kind of variant.'))
      .default([])
      .describe('What counts as a keyword beside the word as listed.'),
    exclusions: z
      .boolean()
      .default(true)
      .describe('Whether a keyword inside a phrase of reference/keyword_exclusions.csv is no hit.'),
    negation: z.boolean().default(true).describe('Whether a keyword that the text denies is no hit.'),
    as_of: z
      .int()
      .min(19490101)
      .max(21551231)
      .nullable()
      .default(null)
      .describe('Day of the export as yyyymmdd: later foundings are refused. Null: none is.'),
  })
  .prefault({})
  .describe('How the firms of the registry tables are found and counted.');

/** `panel.emissions` */
const emissions = z
  .strictObject({
    coefficients: z
      .enum(['china_inventory', 'ipcc_2006'])
      .default('china_inventory')
      .describe(
        'Carbon content and oxidation of fuels: the Chinese inventory guideline, or the defaults of IPCC 2006.',
      ),
    grid: z
      .enum(['regional', 'national'])
      .default('regional')
      .describe('Electricity at the factor of the regional grid, or of the nation.'),
  })
  .prefault({})
  .describe('Which factors turn energy into carbon dioxide.');

/** `panel.divisions` */
const divisions = z
  .enum(divisionPolicies)
  .default('as_reported')
  .describe(
    'Cities that were merged or split: as the tables report them, with break years flagged, or taken to the cities of 2021 by reference/division_changes.csv.',
  );

const places = (other: string) =>
  z
    .array(z.string().min(1))
    .min(1)
    .describe('Chinese names or six-digit codes.')
    .meta({ needed: `this or ${other}` })
    .optional();

/** What a rule of `panel.exclude` takes out. */
const excludedPlaces = { cities: places('provinces'), provinces: places('cities') };

/** Units of a rule about raw cells. */
const ruleCities = z
  .array(z.int().min(110000).max(659999))
  .min(1)
  .describe('Six-digit codes; without it, every city.')
  .optional();

/** Keys of `data.synthetic` about what is made up. */
const synthetic = {
  scale: z.number().positive().max(1).default(1).describe('Share of the full number of firms and patents, (0, 1].'),
  sampling: z
    .boolean()
    .default(false)
    .describe(
      'Whether errors are drawn and left in, so that estimates scatter about the known truth; without, the panel is moved until it prints the published numbers.',
    ),
  faults: z
    .union([z.enum(['none', 'usual', 'all']), z.array(z.enum(tableFaultKinds).describe('A kind of fault.')).min(1)])
    .default('none')
    .describe(
      'Dirt of real tables that is planted: none; usual, all that is mended without a rule; all, losses and unit slips as well; or kinds by name.',
    ),
};

/** Keys of a study file that only this field knows: the study language puts them where they stand, what they mean is known here. */
export const fieldKeys = { registry, emissions, divisions, excludedPlaces, ruleCities, synthetic };

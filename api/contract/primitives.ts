import { z } from 'zod'

/** The most tonnes that one order may ask for. */
export const MAX_ORDER_TONNES = 1_000_000

export const tonnes = z
  .int('Whole tonnes only: one credit is one tonne.')
  .min(1)
  .max(MAX_ORDER_TONNES)
  .meta({ description: 'Whole tonnes of CO2e; one unit is one tonne.', examples: [12] })

export const minorUnits = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .meta({
    description: 'An amount in the minor unit of the currency (US cents).',
    examples: [3976],
  })

export const priceMinor = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .meta({
    description: 'Minor units of the currency for one tonne.',
    examples: [308],
  })

export const currency = z
  .literal('USD')
  .meta({ description: 'ISO 4217. One market, one currency.' })

export const instant = z.iso.datetime().meta({ examples: ['2026-11-23T14:02:07.000Z'] })

export const unitType = z
  .enum(['CER', 'tCER', 'lCER'])
  .meta({ description: 'Certified emission reduction; temporary; long-term.' })
export type UnitType = z.infer<typeof unitType>

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

export const hostCode = z
  .string()
  .regex(/^[A-Z]{2}$/, {
    error: 'An ISO 3166-1 alpha-2 code in capitals, such as KE.',
    abort: true,
  })
  .refine((code) => code !== 'ZZ' && countries.of(code) !== undefined, 'There is no such country.')
  .meta({ description: 'Host Party, ISO 3166-1 alpha-2.', examples: ['KE'] })

export const projectReference = z
  .string()
  .regex(/^[0-9]{4,6}$/, 'A CDM reference of four or more digits, such as 0037.')
  .meta({ description: 'CDM project reference as on the web, zero-padded.', examples: ['0037'] })

/** Technologies as the public project lists name them; the order of the list is the order shown. */
export const TECHNOLOGIES = [
  'hydro',
  'wind',
  'solar',
  'geothermal',
  'biomass',
  'wave_and_tidal',
  'other',
  'not_stated',
] as const
export const technology = z.enum(TECHNOLOGIES)
export type Technology = z.infer<typeof technology>

/** Sectoral scope, 1 to 15. Source: the CDM's list of sectoral scopes. */
export const scope = z.int().min(1).max(15).meta({ description: 'CDM sectoral scope, 1 to 15.' })

export const MIN_VINTAGE = 2000
/** No CERs exist for reductions after 31 December 2020. */
export const MAX_VINTAGE = 2020
export const vintage = z
  .int()
  .min(MIN_VINTAGE)
  .max(MAX_VINTAGE)
  .meta({ description: 'Calendar year of the reduction.', examples: [2014] })

export const serialNumber = z.string().meta({
  description:
    'Seven parts: Party, unit type, unit number, original and applicable commitment period, LULUCF activity, project.',
  examples: ['BR-5-85316059-1-1-0-8'],
})

export const serialBlock = z.strictObject({ start: serialNumber, end: serialNumber })
export type SerialBlock = z.infer<typeof serialBlock>

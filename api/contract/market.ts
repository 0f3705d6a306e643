import { z } from 'zod'
import {
  currency,
  hostCode,
  instant,
  minorUnits,
  priceMinor,
  projectReference,
  scope,
  technology,
  unitType,
  vintage,
} from './primitives.ts'

const count = z.int().min(0)

export const projectSummary = z
  .strictObject({
    reference: projectReference,
    title: z.string(),
    host: hostCode,
    technology,
    scope: scope.nullable(),
    scope_derived: z
      .boolean()
      .meta({ description: 'True where the scope was derived from the technology by our table.' }),
  })
  .meta({ id: 'ProjectSummary' })
export type ProjectSummary = z.infer<typeof projectSummary>

export const priceLevel = z
  .strictObject({ price_minor: priceMinor, quantity_tonnes: count, offers: count })
  .meta({ id: 'PriceLevel' })

export const registrySummary = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    simulated: z.boolean().meta({ description: 'True: no real unit is cancelled.' }),
    state: z.enum(['open', 'closed', 'unreachable']),
    closes_at: instant.nullable(),
    closes_at_reported: z
      .boolean()
      .meta({ description: 'True where the closing date is only reported, not announced.' }),
  })
  .meta({ id: 'RegistrySummary' })

/** What one choice of filter holds, and what narrows it further. */
export const market = z
  .strictObject({
    id: z.string(),
    currency,
    state: z.enum(['open', 'halted']),
    test: z.boolean().meta({ description: 'True: payments are test payments.' }),
    demo: z
      .boolean()
      .meta({ description: 'True: quantities, prices, vintages and serials are invented.' }),
    sequence: z.int().min(0).meta({ description: 'Grows with each change of the book.' }),
    available_tonnes: count,
    offers: count,
    projects: count,
    best_price_minor: priceMinor.nullable(),
    depth: z.array(priceLevel),
    facets: z
      .strictObject({
        host: z.array(
          z.strictObject({ value: hostCode, available_tonnes: count, projects: count }),
        ),
        technology: z.array(
          z.strictObject({ value: technology, available_tonnes: count, projects: count }),
        ),
        vintage: z.array(z.strictObject({ value: vintage, available_tonnes: count })),
        unit_type: z.array(z.strictObject({ value: unitType, available_tonnes: count })),
      })
      .meta({
        description: 'Available tonnes by value; each facet ignores its own part of the filter.',
      }),
    registries: z.array(registrySummary),
    payment: z
      .strictObject({
        publishable_key: z.string(),
        script_url: z.url(),
      })
      .meta({ description: 'What a browser needs to show the card form.' }),
    fees: z.strictObject({
      platform_basis_points: count,
      processing_basis_points: count,
      processing_fixed_minor: minorUnits,
    }),
  })
  .meta({ id: 'Market' })
export type Market = z.infer<typeof market>

export const projectOnOffer = projectSummary
  .extend({
    available_tonnes: count,
    offers: count,
    best_price_minor: priceMinor,
    vintages: z.array(vintage),
  })
  .meta({ id: 'ProjectOnOffer' })

export const projectList = z
  .strictObject({
    projects: z.array(projectOnOffer),
    total: count,
    next_offset: z.int().nullable(),
  })
  .meta({ id: 'ProjectList' })
export type ProjectList = z.infer<typeof projectList>

import { z } from 'zod'
import { hostCode, projectReference, scope, technology, unitType, vintage } from './primitives.ts'

/** Values of attributes: OR inside a list, both years of a vintage inclusive. */
const selection = z
  .strictObject({
    project: z.array(projectReference).max(100).optional(),
    host: z.array(hostCode).max(100).optional(),
    technology: z.array(technology).max(20).optional(),
    scope: z.array(scope).max(15).optional(),
    unit_type: z.array(unitType).max(3).optional(),
    vintage: z
      .strictObject({ from: vintage, to: vintage })
      .refine((years) => years.from <= years.to, 'The first year comes before the last.')
      .optional(),
  })
  .meta({ id: 'Selection', description: 'Values of attributes; the years are inclusive.' })

/**
 * AND over attributes, OR inside one. An absent attribute matches all; an empty list matches nothing. What `not` names is
 * left out: an offer is outside as soon as one of its attributes is named there; an empty list there leaves out nothing.
 */
export const filter = selection
  .extend({
    not: selection.optional().meta({
      description:
        'Left out, whatever else matches: every offer that has one of these values, or a vintage in these years.',
    }),
  })
  .meta({
    id: 'Filter',
    description: 'Which offers may be used. AND over attributes, OR inside one; not leaves out.',
  })
export type Filter = z.infer<typeof filter>

/** A comma-separated list in a query string. */
const list = (example: string, description = 'Comma-separated.') =>
  z
    .string()
    .optional()
    .meta({ description, examples: [example] })
const leftOut = (example: string) => list(example, 'Left out. Comma-separated.')
const year = (description: string) => z.string().optional().meta({ description })

/** The filter as query parameters; `readFilterQuery` turns them into a Filter. */
export const filterQuery = z.strictObject({
  project: list('0037,0071'),
  host: list('KE,UG'),
  technology: list('hydro,solar'),
  scope: list('1'),
  unit_type: list('CER'),
  vintage_from: year('The first year.'),
  vintage_to: year('The last year.'),
  not_project: leftOut('0112'),
  not_host: leftOut('CN'),
  not_technology: leftOut('hydro'),
  not_scope: leftOut('8'),
  not_unit_type: leftOut('tCER,lCER'),
  not_vintage_from: year('The first year that is left out.'),
  not_vintage_to: year('The last year that is left out.'),
})
export type FilterQuery = z.infer<typeof filterQuery>

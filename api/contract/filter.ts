import { z } from 'zod'
import { hostCode, projectReference, scope, technology, unitType, vintage } from './primitives.ts'

/** AND over attributes, OR inside one. An absent attribute matches all; an empty list matches nothing. */
export const filter = z
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
  .meta({
    id: 'Filter',
    description: 'Which offers may be used. AND over attributes, OR inside one.',
  })
export type Filter = z.infer<typeof filter>

/** A comma-separated list in a query string. */
const list = (example: string) =>
  z
    .string()
    .optional()
    .meta({ description: 'Comma-separated.', examples: [example] })

/** The filter as query parameters; `readFilterQuery` turns them into a Filter. */
export const filterQuery = z.strictObject({
  project: list('0037,0071'),
  host: list('KE,UG'),
  technology: list('hydro,solar'),
  scope: list('1'),
  unit_type: list('CER'),
  vintage_from: z.string().optional(),
  vintage_to: z.string().optional(),
})
export type FilterQuery = z.infer<typeof filterQuery>

import type {
  FilterQuery,
  Technology,
  UnitType,
  Filter as WireFilter,
} from '@offset-button/contract'
import {
  MAX_VINTAGE,
  MIN_VINTAGE,
  TECHNOLOGIES,
  filter as wireFilter,
} from '@offset-button/contract'
import type { Filter, OfferAttributes } from '@offset-button/engine'
import type { UnitTypeCode } from '@offset-button/registry-bridge'
import { Refusal } from '../http/refusal.ts'
import { validate } from '../http/validate.ts'
import type { Catalogue, Project } from './catalogue.ts'

/** The edge where names become the book's integers, and back. */

const UNIT_TYPES = { CER: 5, tCER: 6, lCER: 7 } as const satisfies Record<UnitType, UnitTypeCode>

export const unitTypeName = (code: number): UnitType =>
  code === 6 ? 'tCER' : code === 7 ? 'lCER' : 'CER'

/** Two capitals as an integer: AA is 0, ZZ is 675. */
const hostNumber = (host: string) => (host.charCodeAt(0) - 65) * 26 + (host.charCodeAt(1) - 65)

const technologyNumber = (technology: string) =>
  Math.max(0, TECHNOLOGIES.indexOf(technology as Technology))

/** Methodology is not stated by any source that we read; 0 stands for that. */
export function attributesOf(
  project: Project,
  units: { readonly vintage: number; readonly unitType: UnitTypeCode },
): OfferAttributes {
  return {
    project: project.id,
    host: hostNumber(project.host),
    scope: project.scope ?? 0,
    technology: technologyNumber(project.technology),
    methodology: 0,
    vintage: units.vintage,
    unitType: units.unitType,
  }
}

/** The book's filter; refused as unknown_filter where a project does not exist. */
export function toBookFilter(filter: WireFilter | undefined, catalogue: Catalogue): Filter {
  if (!filter) return {}
  return {
    ...(filter.project && {
      project: filter.project.map((reference) => {
        const project = catalogue.projectByReference(reference)
        if (project) return project.id
        throw new Refusal('unknown_filter', {
          errors: [{ path: 'filter.project', message: `No project ${reference}.` }],
        })
      }),
    }),
    ...(filter.host && { host: filter.host.map(hostNumber) }),
    ...(filter.technology && { technology: filter.technology.map(technologyNumber) }),
    ...(filter.scope && { scope: filter.scope }),
    ...(filter.unit_type && { unitType: filter.unit_type.map((name) => UNIT_TYPES[name]) }),
    ...(filter.vintage && { vintage: filter.vintage }),
  }
}

/** A filter from a query string: comma-separated lists, and the years apart. Blanks count as absent. */
export function readFilterQuery(query: FilterQuery): WireFilter {
  const list = (text: string | undefined) => (text ? text.split(',') : undefined)
  const { vintage_from: from, vintage_to: to } = query
  return validate(
    wireFilter,
    {
      project: list(query.project),
      host: list(query.host),
      technology: list(query.technology),
      scope: list(query.scope)?.map(wholeNumber),
      unit_type: list(query.unit_type),
      vintage:
        from || to
          ? { from: wholeNumber(from || `${MIN_VINTAGE}`), to: wholeNumber(to || `${MAX_VINTAGE}`) }
          : undefined,
    },
    'unknown_filter',
  )
}

const wholeNumber = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN)

/** True where the offer's attributes pass the filter. */
export function matches(attributes: OfferAttributes, filter: Filter): boolean {
  const { vintage, ...lists } = filter
  if (vintage && (attributes.vintage < vintage.from || attributes.vintage > vintage.to))
    return false
  return Object.entries(lists).every(
    ([name, values]) => !values || values.includes(attributes[name as keyof OfferAttributes]),
  )
}

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
import type { Filter, OfferAttributes, Selection } from '@offset-button/engine'
import type { UnitTypeCode } from '@offset-button/registry-bridge'
import { Refusal } from '../http/refusal.ts'
import { validate } from '../http/validate.ts'
import type { Catalogue, Project } from './catalogue.ts'

type WireSelection = Omit<WireFilter, 'not'>

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
  const { not, ...selection } = filter
  return {
    ...toBookSelection(selection, catalogue, 'filter'),
    ...(not && { not: toBookSelection(not, catalogue, 'filter.not') }),
  }
}

function toBookSelection(selection: WireSelection, catalogue: Catalogue, path: string): Selection {
  return {
    ...(selection.project && {
      project: selection.project.map((reference) => {
        const project = catalogue.projectByReference(reference)
        if (project) return project.id
        throw new Refusal('unknown_filter', {
          errors: [{ path: `${path}.project`, message: `No project ${reference}.` }],
        })
      }),
    }),
    ...(selection.host && { host: selection.host.map(hostNumber) }),
    ...(selection.technology && { technology: selection.technology.map(technologyNumber) }),
    ...(selection.scope && { scope: selection.scope }),
    ...(selection.unit_type && { unitType: selection.unit_type.map((name) => UNIT_TYPES[name]) }),
    ...(selection.vintage && { vintage: selection.vintage }),
  }
}

/**
 * A filter from a query string: comma-separated lists, and the years apart; what is left out under the same names with
 * `not_` before them. Blanks count as absent.
 */
export function readFilterQuery(query: FilterQuery): WireFilter {
  const not = selectionOf(query, 'not_')
  const leavesOut = Object.values(not).some((part) => part !== undefined)
  return validate(
    wireFilter,
    { ...selectionOf(query, ''), ...(leavesOut ? { not } : {}) },
    'unknown_filter',
  )
}

function selectionOf(query: FilterQuery, prefix: '' | 'not_') {
  const list = (text: string | undefined) => (text ? text.split(',') : undefined)
  const from = query[`${prefix}vintage_from`]
  const to = query[`${prefix}vintage_to`]
  return {
    project: list(query[`${prefix}project`]),
    host: list(query[`${prefix}host`]),
    technology: list(query[`${prefix}technology`]),
    scope: list(query[`${prefix}scope`])?.map(wholeNumber),
    unit_type: list(query[`${prefix}unit_type`]),
    vintage:
      from || to
        ? { from: wholeNumber(from || `${MIN_VINTAGE}`), to: wholeNumber(to || `${MAX_VINTAGE}`) }
        : undefined,
  }
}

const wholeNumber = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN)

/** True where the offer's attributes pass the filter. */
export function matches(attributes: OfferAttributes, { not, ...selection }: Filter): boolean {
  const passes = ATTRIBUTES.every((name) => isNamed(attributes, selection, name) ?? true)
  return passes && !(not && ATTRIBUTES.some((name) => isNamed(attributes, not, name)))
}

const ATTRIBUTES = [
  'project',
  'host',
  'scope',
  'technology',
  'methodology',
  'vintage',
  'unitType',
] as const satisfies readonly (keyof Selection)[]

/** Whether a selection names this attribute's value; undefined where it says nothing of the attribute. */
function isNamed(
  attributes: OfferAttributes,
  selection: Selection,
  name: keyof Selection,
): boolean | undefined {
  const value = attributes[name]
  if (name !== 'vintage') return selection[name]?.includes(value)
  const years = selection.vintage
  return years && value >= years.from && value <= years.to
}

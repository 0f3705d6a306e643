import type { Filter } from '@offset-button/contract'
import type { Bounds, Choice } from './choice.ts'

/** The filter on the wire: the bounds, narrowed by the choice. */
export const filterOf = (bounds: Bounds, choice: Choice): Filter => {
  const host = choice.hosts.length > 0 ? [...choice.hosts] : bounds.host
  const technology = choice.technologies.length > 0 ? [...choice.technologies] : bounds.technology
  const vintage = vintageOf(bounds, choice)
  return {
    ...(bounds.project && { project: bounds.project }),
    ...(host && { host }),
    ...(technology && { technology }),
    ...(vintage && { vintage }),
  }
}

const FIRST_YEAR = 2000
const LAST_YEAR = 2020

const vintageOf = (bounds: Bounds, choice: Choice): Filter['vintage'] => {
  if (choice.from === null && choice.to === null) return bounds.vintage
  const from = choice.from ?? bounds.vintage?.from ?? FIRST_YEAR
  const to = choice.to ?? bounds.vintage?.to ?? LAST_YEAR
  return { from: Math.min(from, to), to: Math.max(from, to) }
}

export const isFiltered = (filter: Filter): boolean => Object.keys(filter).length > 0

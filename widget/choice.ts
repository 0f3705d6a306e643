import type { Filter, Technology } from '@offset-button/contract'

/** What the page's owner allows: a visitor narrows it, and cannot widen it. */
export type Bounds = Filter
/** What the visitor narrowed it to; an empty list is "no matter which". */
export type Choice = {
  readonly hosts: readonly string[]
  readonly technologies: readonly Technology[]
  readonly from: number | null
  readonly to: number | null
}

export const NO_CHOICE: Choice = { hosts: [], technologies: [], from: null, to: null }

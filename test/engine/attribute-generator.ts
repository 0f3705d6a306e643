/** Seeded attributes and filters. Some filters name projects that are not there yet, and come again when they are. */
import {
  type Filter,
  MAX_NUMBER,
  type OfferAttributes,
  type Selection,
} from '@offset-button/engine'
import type { Profile } from './profiles.ts'
import type { Random } from './random.ts'

/** With few instruments: so many projects are offered at a time, while new ones begin and old ones end. */
const PROJECTS_AT_ONCE = 12
const MANY_PROJECTS = 150

export class AttributeGenerator {
  readonly #random: Random
  readonly #profile: Profile
  #projects = 2
  /** Used again and again, as a host would. */
  readonly #filters: Filter[] = []

  constructor(random: Random, profile: Profile) {
    this.#random = random
    this.#profile = profile
  }

  attributes(): OfferAttributes {
    const random = this.#random
    const { instruments = 'few' } = this.#profile
    if (instruments === 'one') return this.#scaled([1, 1, 1, 1, 1, 2014, 5])
    if (instruments === 'each its own') this.#projects++
    else if (random.chance(4)) this.#projects++
    return this.#scaled([
      instruments === 'each its own' ? this.#projects : this.#project(),
      random.whole(0, 3),
      random.whole(0, 3),
      random.whole(0, 2),
      random.whole(0, 2),
      random.whole(2010, 2016),
      random.whole(5, 7),
    ])
  }

  filter(): Filter {
    const random = this.#random
    if (this.#filters.length < 12 || random.chance(5)) this.#filters.push(this.#newFilter())
    return random.chance(50) ? random.pick(this.#filters.slice(-12)) : random.pick(this.#filters)
  }

  #newFilter(): Filter {
    const random = this.#random
    const filter = random.chance(85) ? this.#selection(1) : {}
    return random.chance(30) ? { ...filter, not: this.#selection(2) } : filter
  }

  /** `rarer`: the higher, the fewer attributes it names. */
  #selection(rarer: number): Selection {
    const random = this.#random
    const often = (inHundred: number): boolean => random.chance(inHundred / rarer)
    const some = (value: () => number): number[] => {
      const least = random.chance(10) ? 0 : 1
      const most = random.chance(5) ? 40 : 3
      return Array.from({ length: random.whole(least, most) }, () => this.#number(value()))
    }
    const from = random.whole(2009, 2016)
    const to = from + random.whole(0, 4)
    const vintage = { from: this.#number(from), to: this.#number(to) }
    const { huge } = this.#profile
    return {
      ...(often(50) ? { project: some(() => this.#project(3)) } : {}),
      ...(often(25) ? { host: some(() => random.whole(0, 3)) } : {}),
      ...(often(25) ? { scope: some(() => random.whole(0, 3)) } : {}),
      ...(often(10) ? { technology: some(() => random.whole(0, 2)) } : {}),
      ...(often(10) ? { methodology: some(() => random.whole(0, 2)) } : {}),
      ...(often(15) ? { unitType: some(() => random.whole(5, 7)) } : {}),
      ...(often(25) ? { vintage: huge ? { from: vintage.to, to: vintage.from } : vintage } : {}),
    }
  }

  /** `ahead`: how many projects there may be beyond those there are. */
  #project(ahead = 0): number {
    const { instruments = 'few' } = this.#profile
    if (instruments === 'one') return this.#random.whole(1, 2)
    const most = instruments === 'many' ? Math.max(MANY_PROJECTS, this.#projects) : this.#projects
    const least = instruments === 'many' ? 1 : Math.max(1, most - PROJECTS_AT_ONCE)
    return this.#random.whole(least, most + ahead)
  }

  #scaled(values: readonly [number, number, number, number, number, number, number]) {
    const [project, host, scope, technology, methodology, vintage, unitType] = values
    return {
      project: this.#number(project),
      host: this.#number(host),
      scope: this.#number(scope),
      technology: this.#number(technology),
      methodology: this.#number(methodology),
      vintage: this.#number(vintage),
      unitType: this.#number(unitType),
    }
  }

  /** The same, or near the bound. */
  #number(value: number): number {
    return this.#profile.huge ? MAX_NUMBER - value : value
  }
}

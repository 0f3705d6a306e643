/** Filters as buyers set them. */
import type { Filter, OfferAttributes, Selection } from '@offset-button/engine'
import type { Random } from '../../support/random.ts'
import { LARGE_HYDRO } from './instruments.ts'

/** All but one technology: about four offers in five. */
export const NOT_LARGE_HYDRO: Filter = { not: { technology: [LARGE_HYDRO] } }

const MOST_PROJECTS_LISTED = 40
const MOST_HOSTS_LISTED = 3

/**
 * So many filters of five kinds in turn: one host and technology; a list of projects; years of vintage, alone or with
 * technologies; no large hydro and a few more; no offers of a few hosts. Each matches one of the instruments at least.
 */
export function makeFilters(
  count: number,
  instruments: readonly OfferAttributes[],
  random: Random,
): readonly Filter[] {
  const kinds = [hostAndTechnology, projectList, vintages, withoutTechnologies, withoutHosts]
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at % kinds.length] ?? hostAndTechnology
    return kind(random.pick(instruments), instruments, random)
  })
}

/** Filters that hardly ever come twice: long lists of projects, and years without a few hosts and technologies, in turn. */
export function makeNewFilters(
  count: number,
  instruments: readonly OfferAttributes[],
  random: Random,
): readonly Filter[] {
  return Array.from({ length: count }, (_, at) => {
    const some = random.pick(instruments)
    if (at % 2 === 0) return projectList(some, instruments, random, MOST_PROJECTS_LISTED / 2)
    const { vintage } = vintages(some, instruments, random)
    const not = { ...withoutTechnologies(some, instruments, random).not, host: [] as number[] }
    while (not.host.length < MOST_HOSTS_LISTED) not.host.push(random.pick(instruments).host)
    return { ...(vintage && { vintage }), not }
  })
}

/** The same filter in new objects, as a request brings it. */
export function copyOf({ not, ...wanted }: Filter): Filter {
  return not ? { ...copyOfSelection(wanted), not: copyOfSelection(not) } : copyOfSelection(wanted)
}

function copyOfSelection(selection: Selection): Selection {
  const { vintage, ...lists } = selection
  const copied = Object.entries(lists).map(([name, values]) => [name, [...values]])
  return { ...Object.fromEntries(copied), ...(vintage && { vintage: { ...vintage } }) }
}

function hostAndTechnology({ host, technology }: OfferAttributes): Filter {
  return { host: [host], technology: [technology] }
}

function projectList(
  { project }: OfferAttributes,
  instruments: readonly OfferAttributes[],
  random: Random,
  leastMore = 1,
): Filter {
  const more = random.whole(leastMore, MOST_PROJECTS_LISTED - 1)
  const others = Array.from({ length: more }, () => random.pick(instruments).project)
  return { project: [...new Set([project, ...others])] }
}

function vintages(
  { vintage, technology }: OfferAttributes,
  _: readonly OfferAttributes[],
  random: Random,
): Filter {
  const years = { from: vintage - random.whole(0, 3), to: vintage + random.whole(0, 3) }
  return random.whole(0, 1) === 0
    ? { vintage: years }
    : { vintage: years, technology: [...new Set([technology, technology + 1])] }
}

function withoutTechnologies(
  { technology }: OfferAttributes,
  instruments: readonly OfferAttributes[],
  random: Random,
): Filter {
  const others = [LARGE_HYDRO, random.pick(instruments).technology]
  return { not: { technology: others.filter((other) => other !== technology) } }
}

function withoutHosts(
  { host, vintage }: OfferAttributes,
  instruments: readonly OfferAttributes[],
  random: Random,
): Filter {
  const most = random.whole(1, MOST_HOSTS_LISTED)
  const hosts = Array.from({ length: most }, () => random.pick(instruments).host)
  const others = [...new Set(hosts)].filter((other) => other !== host)
  return { vintage: { from: vintage - 5, to: vintage + 5 }, not: { host: others } }
}

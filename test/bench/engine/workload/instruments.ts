/** Instruments (different tuples of attributes) as a market of thousands of projects has them. */
import type { OfferAttributes } from '@offset-button/engine'
import type { Random } from '../../support/random.ts'

/** The most projects there are; more instruments than these are further vintages of the same projects. */
export const PROJECTS = 8000
/** Each has many projects, and no two that are numbered one after the other. */
export const SELLERS = 300
const SCATTER = 0x9e3779b1
const HOSTS = 100
const TECHNOLOGIES = 16
const METHODOLOGIES_EACH = 4
const FIRST_VINTAGE = 2000
const VINTAGES = 21
/** About one project in five is one, and no other technology has more. */
export const LARGE_HYDRO = 1

/** So many instruments. A few hosts and technologies have most of the projects; the first of each number has the most. */
export function makeInstruments(count: number, random: Random): readonly OfferAttributes[] {
  const projects = Array.from({ length: Math.min(count, PROJECTS) }, (_, at) =>
    makeProject(at + 1, random),
  )
  return Array.from({ length: count }, (_, at) => {
    const project = projects[at % projects.length] as OfferAttributes
    const later = Math.floor(at / projects.length)
    return { ...project, vintage: FIRST_VINTAGE + ((project.vintage + later) % VINTAGES) }
  })
}

/** The seller of one offer: each project has one, every other project a second. Numbered from 1, as names are. */
export function pickSeller(project: number, random: Random): number {
  const first = (Math.imul(project, SCATTER) >>> 8) % SELLERS
  const second = project % 2 === 0 ? random.whole(0, 1) : 0
  return 1 + ((first + second) % SELLERS)
}

function makeProject(project: number, random: Random): OfferAttributes {
  const technology = pickSkewed(TECHNOLOGIES, random)
  return {
    project,
    host: pickSkewed(HOSTS, random),
    scope: 1 + (technology % 15),
    technology,
    methodology: technology * METHODOLOGIES_EACH + random.whole(0, METHODOLOGIES_EACH - 1),
    vintage: FIRST_VINTAGE + random.whole(0, VINTAGES - 1),
    unitType: random.whole(1, 50) === 1 ? random.whole(6, 7) : 5,
  }
}

/** 1 … most, the lower the likelier: the quarter of the numbers that come first has half of the draws. */
function pickSkewed(most: number, random: Random): number {
  const unit = random.whole(0, 999_999) / 1_000_000
  return 1 + Math.floor(unit * unit * most)
}

import type { SerialBlock } from '@offset-button/contract'
import { type Random, seededRandom } from '../random.ts'
import { mostTonnesFor, pricesFor } from './prices.ts'
import type { DemoProject } from './projects.ts'
import { DEMO_SELLERS, type DemoSeller, sellerOf } from './sellers.ts'

/** Units of one project and vintage, issued into a holding account at the simulated registry; all are CERs. */
export type DemoIssue = {
  readonly account: string
  readonly project: DemoProject
  readonly vintage: number
  /** 1 or 2, original and applicable. */
  readonly commitmentPeriod: 1 | 2
  /** The lowest unit number. */
  readonly start: number
  readonly quantityTonnes: number
}

export type DemoOffer = {
  readonly seller: DemoSeller
  readonly account: string
  readonly blocks: readonly SerialBlock[]
  readonly quantityTonnes: number
  readonly priceMinor: number
  readonly project: DemoProject
  readonly vintage: number
}

/** Everything in it but the projects is invented: sellers, units, vintages, quantities and prices. */
export type DemoMarket = {
  readonly sellers: readonly DemoSeller[]
  readonly issues: readonly DemoIssue[]
  /** In the order of placing: sellers take turns at every price. */
  readonly offers: readonly DemoOffer[]
}

const OFFERS = 1020
const LAST_VINTAGE = 2020

/** Bounds of an offer's tonnes; small ones are met more often. */
const QUANTITIES: readonly (readonly [least: number, most: number])[] = [
  [1, 9],
  [10, 99],
  [10, 99],
  [100, 999],
  [100, 999],
  [100, 999],
  [1000, 4999],
  [1000, 4999],
  [5000, 25_000],
]

/** An offer before its units have serial numbers. */
type Draft = {
  readonly vintage: number
  readonly priceMinor: number
  readonly quantityTonnes: number
}

/**
 * The demo market of these projects: at least one offer a project, 1,020 in all (more where there are more projects).
 * Pure: the same projects and seed give the same market, serial for serial.
 */
export function demoMarket(projects: readonly DemoProject[], seed: number): DemoMarket {
  const random = seededRandom(seed)
  const numbers = new UnitNumbers(random)
  const issues: DemoIssue[] = []
  const offers: DemoOffer[] = []
  const counts = offerCounts(projects, random)
  projects.forEach((project, position) => {
    const seller = sellerOf(project)
    for (const drafts of byVintage(draftOffers(project, counts[position] ?? 1, random))) {
      const vintage = (drafts[0] as Draft).vintage
      // An account holds units of one commitment period, so that one transaction can cancel what an order takes from it.
      const account = seller.accounts[periodOf(vintage) - 1] as string
      const offered = drafts.reduce((sum, draft) => sum + draft.quantityTonnes, 0)
      const units = numbers.issue(project, vintage, issueSizes(offered, random))
      for (const { commitmentPeriod, start, end } of units) {
        const quantityTonnes = end - start + 1
        issues.push({ account, project, vintage, commitmentPeriod, start, quantityTonnes })
      }
      for (const { priceMinor, quantityTonnes } of drafts) {
        const blocks = takeLowest(units, quantityTonnes).map(written)
        offers.push({ seller, account, blocks, quantityTonnes, priceMinor, project, vintage })
      }
    }
  })
  return { sellers: DEMO_SELLERS, issues, offers: random.shuffled(offers) }
}

function offerCounts(projects: readonly DemoProject[], random: Random): readonly number[] {
  const counts = projects.map(() => 1)
  for (let left = OFFERS - projects.length; left > 0; left -= 1) {
    const position = random.between(0, projects.length - 1)
    counts[position] = (counts[position] ?? 0) + 1
  }
  return counts
}

/** No project offers more than a year's expected reductions in all, so no vintage does. */
function draftOffers(project: DemoProject, count: number, random: Random): readonly Draft[] {
  const share = Math.max(1, Math.floor(project.annualTonnes / count))
  return Array.from({ length: count }, () => {
    const priceMinor = random.pick(pricesFor(project))
    const most = Math.min(share, mostTonnesFor(project, priceMinor))
    const drawn = random.between(...random.pick(QUANTITIES))
    const quantityTonnes = drawn <= most ? drawn : random.between(1, most)
    return {
      vintage: random.between(firstVintage(project), LAST_VINTAGE),
      priceMinor,
      quantityTonnes,
    }
  })
}

/** References grow with registration, and reductions come after it: a rough, invented, never too early table. */
function firstVintage({ reference }: DemoProject): number {
  const number = Number(reference)
  if (number < 1300) return 2008
  if (number < 3000) return 2010
  if (number < 5000) return 2011
  return number < 7500 ? 2013 : 2014
}

function byVintage(drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  const years = [...new Set(drafts.map(({ vintage }) => vintage))]
  return years.map((year) => drafts.filter(({ vintage }) => vintage === year))
}

/** What was issued: the offered tonnes, some of them in two issuances, now and then more than is offered. */
function issueSizes(offered: number, random: Random): readonly number[] {
  const issued = offered + (random.between(1, 4) === 1 ? random.between(1, 5000) : 0)
  if (issued < 2 || random.between(1, 5) > 1) return [issued]
  const first = random.between(1, issued - 1)
  return [first, issued - first]
}

/** A run of units that share all but the number; `end` is inclusive. */
type Run = {
  readonly project: DemoProject
  readonly commitmentPeriod: 1 | 2
  start: number
  readonly end: number
}

/** Hands out unit numbers, each once per (Party, commitment period); keeps the next free one of each. */
class UnitNumbers {
  readonly #next = new Map<string, number>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  issue(project: DemoProject, vintage: number, sizes: readonly number[]): Run[] {
    const commitmentPeriod = periodOf(vintage)
    const series = `${project.host}-${commitmentPeriod}`
    return sizes.map((size) => {
      const free = this.#next.get(series) ?? this.#random.between(1_000_000, 90_000_000)
      const start = free + this.#random.between(1, 40_000)
      this.#next.set(series, start + size)
      return { project, commitmentPeriod, start, end: start + size - 1 }
    })
  }
}

/** 1 is 2008 to 2012, 2 is 2013 to 2020; the demo has no earlier vintage. */
function periodOf(vintage: number): 1 | 2 {
  return vintage <= 2012 ? 1 : 2
}

/** Cuts tonnes off the low end of the first run that has some, then the next. */
function takeLowest(runs: readonly Run[], tonnes: number): readonly Run[] {
  const taken: Run[] = []
  let left = tonnes
  for (const run of runs) {
    const quantity = Math.min(left, run.end - run.start + 1)
    if (quantity < 1) continue
    taken.push({ ...run, end: run.start + quantity - 1 })
    run.start += quantity
    left -= quantity
  }
  return taken
}

/** Unit type 5, CER; LULUCF activity 0, none. */
function written({ project, commitmentPeriod, start, end }: Run): SerialBlock {
  const tail = `${commitmentPeriod}-${commitmentPeriod}-0-${Number(project.reference)}`
  const serial = (unit: number) => `${project.host}-5-${unit}-${tail}`
  return { start: serial(start), end: serial(end) }
}

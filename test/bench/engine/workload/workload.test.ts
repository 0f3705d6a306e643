import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Random } from '../../support/random.ts'
import { copyOf, makeFilters, makeNewFilters, NOT_LARGE_HYDRO } from './filters.ts'
import { LARGE_HYDRO, makeInstruments, PROJECTS, pickSeller, SELLERS } from './instruments.ts'
import { matches } from './matches.ts'
import { makeOffers } from './offers.ts'
import { makePlan } from './plan.ts'

const workload = suite('workload')
const INSTRUMENTS = makeInstruments(PROJECTS, new Random(1))

workload('no two instruments are the same, however many there are', () => {
  for (const count of [80, PROJECTS, 10 * PROJECTS]) {
    const tuples = makeInstruments(count, new Random(2)).map((one) => Object.values(one).join())
    assert.is(new Set(tuples).size, count)
  }
})

workload('a project has a seller or two, and every seller many projects', () => {
  const random = new Random(6)
  const projectsOf = new Map<number, Set<number>>()
  for (let project = 1; project <= PROJECTS; project++) {
    const sellers = new Set(Array.from({ length: 30 }, () => pickSeller(project, random)))
    assert.is(sellers.size, project % 2 === 0 ? 2 : 1)
    for (const seller of sellers) {
      assert.ok(seller >= 1 && seller <= SELLERS)
      projectsOf.set(seller, (projectsOf.get(seller) ?? new Set()).add(project))
    }
  }
  assert.is(projectsOf.size, SELLERS)
  assert.ok([...projectsOf.values()].every((projects) => projects.size >= 10))
})

workload('offers lie at as many prices as they should', () => {
  for (const levels of [1, 10]) {
    const { priceMinor } = makeOffers(1000, INSTRUMENTS, levels, new Random(3))
    assert.is(new Set(priceMinor).size, levels)
  }
  const { priceMinor } = makeOffers(1000, INSTRUMENTS, 'distinct', new Random(3))
  assert.is(new Set(priceMinor).size, 1000)
})

workload('every filter matches an instrument, and a copy of it the same ones', () => {
  const random = new Random(4)
  const filters = [
    ...makeFilters(100, INSTRUMENTS, random),
    ...makeNewFilters(100, INSTRUMENTS, random),
  ]
  for (const filter of filters) {
    const matched = INSTRUMENTS.filter((instrument) => matches(filter, instrument))
    assert.ok(matched.length > 0, JSON.stringify(filter))
    assert.equal(
      INSTRUMENTS.filter((instrument) => matches(copyOf(filter), instrument)),
      matched,
    )
  }
})

workload('the wide filter leaves out large hydro and nothing else', () => {
  const left = INSTRUMENTS.filter((instrument) => !matches(NOT_LARGE_HYDRO, instrument))
  assert.equal(
    left,
    INSTRUMENTS.filter(({ technology }) => technology === LARGE_HYDRO),
  )
})

workload('a plan withdraws each offer once, after it was placed', () => {
  const { size, batch, batches, withdrawals } = makePlan(1000, 10)
  assert.is(new Set(withdrawals).size, batch * batches)
  for (const [at, offer] of withdrawals.entries()) {
    assert.ok(offer < size + (Math.floor(at / batch) + 1) * batch)
  }
})

workload('a plan replaces the tonnes that its orders take', () => {
  const { size, batch, batches, offers, orders, replacedUpTo } = makePlan(1000, 10)
  const sold = orders.reduce((sum, tonnes) => sum + tonnes, 0)
  const replaced = offers.quantityTonnes
    .subarray(size + batch * batches, replacedUpTo.at(-1))
    .reduce((sum, tonnes) => sum + tonnes, 0)
  assert.ok(replaced >= sold && replaced < sold + 100)
})

workload.run()

/** Holds everything that a book keeps twice against the offers themselves. */
import type { Contents } from './contents.ts'
import { openUpTo } from './explain.ts'
import { SLOTS } from './ladder.ts'
import { NONE } from './memory/tree.ts'
import { QUEUED } from './offer-records.ts'
import { compare } from './passed-over.ts'

type Sums = Map<number, { tonnes: number; offers: number; open: number }>

/** Throws an Error that names what disagrees. */
export function verify(contents: Contents): void {
  const { ladder, instruments, queues } = contents
  queues.settle()
  const { records, levels } = ladder
  const byLevel: Sums = new Map()
  const byInstrument: Sums = new Map()
  const queued = new Map<number, Set<number>>()
  let before = { priceMinor: 0, sequence: 0 }
  let [open, resting, count] = [0, 0, 0]
  for (const home of openUpTo(contents, { priceMinor: Infinity, sequence: Infinity })) {
    const offer = records.offer(home)
    const name = `offer ${offer}`
    check(contents.homes.get(offer) === home, `${name} is not where it is looked for`)
    const at = { priceMinor: ladder.price(home), sequence: records.sequence(home) }
    check(compare(before, at) < 0, `${name} is out of order`)
    before = at
    const takeable = records.resting(home)
    check(ladder.rests(home) === takeable > 0, `${name} is not marked as what it is`)
    for (const part of [records.unspoken(home), records.reserved(home), records.sold(home)]) {
      check(Number.isSafeInteger(part) && part >= 0, `${name} has a part below zero`)
    }
    open += records.available(home) + records.reserved(home)
    resting += takeable
    count++
    add(byLevel, records.level(home), takeable)
    add(byInstrument, records.instrument(home), takeable)
    const isQueued = (records.flags(home) & QUEUED) !== 0
    check(isQueued || takeable === 0, `${name} rests and is in no queue`)
    if (isQueued) {
      const offers = queued.get(records.instrument(home)) ?? new Set()
      queued.set(records.instrument(home), offers.add(offer))
    }
  }
  check(open === contents.openTonnes, 'the open tonnes')
  check(resting === contents.restingTonnes, 'the resting tonnes')
  check([...contents.homes.places()].length === count, 'the homes')
  for (const [level, sums] of byLevel) {
    const name = `the level at ${levels.prices.get(level)}`
    check(levels.tonnes.get(level) === sums.tonnes, `the tonnes of ${name}`)
    check(levels.resting.get(level) === sums.offers, `the offers of ${name}`)
    check(levels.offers.get(level) === sums.open, `the open offers of ${name}`)
  }
  for (let instrument = 0; instrument < instruments.length; instrument++) {
    const sums = byInstrument.get(instrument)
    const name = `instrument ${instrument}`
    check(instruments.tonnes(instrument) === (sums?.tonnes ?? 0), `the tonnes of ${name}`)
    check(instruments.resting(instrument) === (sums?.offers ?? 0), `the offers of ${name}`)
    checkQueue(contents, instrument, queued.get(instrument) ?? new Set())
  }
  checkResting(contents)
}

/** The queue holds what is queued, once each and in order; between them offers that ended. What is remembered of it is right. */
function checkQueue(contents: Contents, instrument: number, queued: Set<number>): void {
  const { ladder, homes, queues, fronts } = contents
  const { records } = ladder
  let before = { priceMinor: 0, sequence: 0 }
  const resting: number[] = []
  for (const [offer, priceMinor] of queues.entries(instrument)) {
    const home = homes.get(offer)
    if (home === 0) continue
    const name = `offer ${offer} in the queue of instrument ${instrument}`
    check(queued.delete(offer), `${name} is there twice, or not noted`)
    check(ladder.price(home) === priceMinor, `${name} has another price`)
    const at = { priceMinor, sequence: records.sequence(home) }
    check(compare(before, at) < 0, `${name} is out of order`)
    before = at
    if (records.resting(home) > 0) resting.push(home)
  }
  check(fronts.known(instrument) <= resting.length, `the front of instrument ${instrument}`)
  for (const [before, home] of resting.slice(0, fronts.known(instrument)).entries()) {
    const { offer, price, sequence, available } = fronts.find(instrument, before, NONE, 0)
    const isThere =
      offer === records.offer(home) &&
      price === ladder.price(home) &&
      sequence === records.sequence(home) &&
      available === records.unspoken(home)
    check(isThere, `offer ${offer} in the front of instrument ${instrument}`)
  }
  check(queued.size === 0, `the queue of instrument ${instrument} lacks offers`)
}

/** Going from resting leaf to resting leaf passes over no offer that rests. */
function checkResting({ ladder }: Contents): void {
  let expected = ladder.firstResting()
  for (let leaf = ladder.first(); leaf !== NONE; leaf = ladder.next(leaf)) {
    check((ladder.resting(leaf) & ~ladder.used(leaf)) === 0, `leaf ${leaf} rests without offers`)
    if (ladder.resting(leaf) === 0) continue
    check(leaf === expected, `the offers from ${leaf * SLOTS} on are passed over`)
    expected = ladder.nextResting(leaf)
  }
  check(expected === NONE, 'the resting leaves have no end')
}

function add(sums: Sums, key: number, tonnes: number): void {
  const sum = sums.get(key) ?? { tonnes: 0, offers: 0, open: 0 }
  sum.tonnes += tonnes
  sum.offers += tonnes > 0 ? 1 : 0
  sum.open++
  sums.set(key, sum)
}

function check(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(`The book disagrees with itself: ${sentence}.`)
}

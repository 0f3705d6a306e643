import {
  type Book,
  type BookEvent,
  type BookState,
  createBook,
  type OfferState,
  type PriceLevel,
  type Query,
  REJECTION_REASONS,
} from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandGenerator, type Profile } from './generator.ts'
import { Oracle } from './oracle.ts'

const properties = suite('a book against the oracle')

const COMMANDS = 400
const EVENTS: readonly BookEvent['kind'][] = [
  'OfferPlaced',
  'OfferAmended',
  'OfferWithdrawn',
  'OfferSuspended',
  'OfferResumed',
  'Reserved',
  'ReservationCommitted',
  'ReservationReleased',
  'ReservationExtended',
  'ReservationExpired',
]
/** How often each event and each refusal came, over all seeds. */
const seen = new Map<string, number>()
const PROFILES: Record<string, Profile> = {
  'ordinary trade': { prices: 12, huge: false, placing: 3, maxFills: 1000 },
  'prices that cluster': { prices: 2, huge: false, placing: 3, maxFills: 1000 },
  'values near their bounds': { prices: 4, huge: true, placing: 4, maxFills: 1000 },
  'orders cut off at three fills': { prices: 5, huge: false, placing: 4, maxFills: 3 },
  'a book that is often empty': { prices: 3, huge: false, placing: 1, maxFills: 10 },
}

for (const [name, profile] of Object.entries(PROFILES)) {
  properties(`every answer and every state is the oracle's: ${name}`, () => {
    for (let seed = 0; seed < 8; seed++) replay(seed, profile, COMMANDS)
  })
}

properties(`every answer and every state is the oracle's: long churn`, () => {
  replay(4711, { prices: 6, huge: false, placing: 2, maxFills: 50 }, 4000)
})

properties('the seeds reach every event and every reason to refuse, five times at least', () => {
  const rare = [...EVENTS, ...REJECTION_REASONS].filter((name) => (seen.get(name) ?? 0) < 5)
  assert.equal(rare, [])
})

/** Drives a book and the oracle with the same commands; on the way the book is stored and restored. */
function replay(seed: number, profile: Profile, commands: number): void {
  const generator = new CommandGenerator(seed, profile)
  const oracle = new Oracle(profile.maxFills)
  let book = createBook({ maxFills: profile.maxFills })
  for (let step = 0; step < commands; step++) {
    const command = generator.next()
    const where = `seed ${seed}, step ${step}`
    try {
      if (command.kind === 'Reserve') sameQuote(book, oracle, command.query)
      const event = book.apply(command)
      assert.equal(event, oracle.apply(command), 'the event')
      generator.observe(event)
      const name = event.kind === 'Rejected' ? event.reason : event.kind
      seen.set(name, (seen.get(name) ?? 0) + 1)
      if (step % 7 === 0) sameQuote(book, oracle, generator.query())
      if (step % 10 === 0) {
        const filter = generator.filter()
        assert.equal(book.depth(filter), oracle.depth(filter), 'the depth inside a filter')
        assert.equal(book.state(), oracle.state(), 'the state')
        holdsTogether(book)
      }
      if (step % 150 === 149) {
        const stored = JSON.stringify(book.state())
        book = createBook({ maxFills: profile.maxFills }, JSON.parse(stored) as BookState)
        assert.is(JSON.stringify(book.state()), stored, 'the state after a restore')
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      error.message = `${where}, ${error.message}: ${JSON.stringify(command, bigints)}`
      throw error
    }
  }
  assert.equal(book.state(), oracle.state(), `seed ${seed}: the last state`)
}

function sameQuote(book: Book, oracle: Oracle, query: Query): void {
  assert.equal(book.quote(query), oracle.quote(query), 'the quote')
}

/** What must hold of a book by itself: conservation, and every sum equal to the sum over its offers. */
function holdsTogether(book: Book): void {
  const { offers, reservations, nextOffer, nextSequence, nextReservation } = book.state()
  for (const offer of offers) {
    const { availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } = offer
    const parts = [availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes]
    assert.ok(parts.every((part) => Number.isSafeInteger(part) && part >= 0))
    assert.is(sum(parts), offer.quantityTonnes, 'posted is available, reserved, sold and withdrawn')
    const held = reservations.filter((reservation) => reservation.offer === offer.offer)
    assert.is(sum(held.map((one) => one.quantityTonnes)), reservedTonnes)
    assert.ok(offer.offer < nextOffer && offer.sequence < nextSequence)
    assert.equal(book.offer(offer.offer), offer)
  }
  for (const one of reservations) {
    assert.ok(one.reservation < nextReservation)
    assert.equal(book.reservation(one.reservation), one)
  }
  const levels = levelsOf(offers)
  assert.equal(book.depth(), levels, 'the levels are the sums over the offers')
  assert.equal(book.depth({}), levels, 'so they are when every offer is looked at')
  assert.equal(book.depth(undefined, 2), levels.slice(0, 2))
  const best = book.quote({ quantityTonnes: 1, allOrNone: true })
  if ('reason' in best) assert.is(levels.length, 0)
  else assert.is(best.fills[0]?.priceMinor, levels[0]?.priceMinor, 'the best price is not stale')
}

function levelsOf(offers: readonly OfferState[]): PriceLevel[] {
  const levels = new Map<number, PriceLevel>()
  for (const { suspended, availableTonnes, priceMinor } of offers) {
    if (suspended || availableTonnes === 0) continue
    const level = levels.get(priceMinor) ?? { priceMinor, quantityTonnes: 0, offers: 0 }
    const quantityTonnes = level.quantityTonnes + availableTonnes
    levels.set(priceMinor, { priceMinor, quantityTonnes, offers: level.offers + 1 })
  }
  return [...levels.values()].sort((one, other) => one.priceMinor - other.priceMinor)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

const bigints = (_name: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value

properties.run()

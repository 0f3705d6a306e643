/** One round of every command on a book that is as large afterwards as it was before. */
import {
  type Book,
  type Command,
  isRejected,
  type OfferId,
  type RejectionReason,
  type ReservationId,
} from '@offset-button/engine'
import type { Random } from '../../support/random.ts'
import { Stopwatch } from '../../support/stopwatch.ts'
import { unexpected } from '../workload/answers.ts'
import type { Offers } from '../workload/offers.ts'
import { placeOffers } from '../workload/place-offers.ts'

export const MEASURED = [
  'place',
  'suspend',
  'resume',
  'amend to less',
  'amend the price',
  'extend',
  'commit',
  'release',
  'expire',
  'unit expiry',
  'withdraw',
  'depth of 10 levels',
] as const
/** Nanoseconds each. */
export type RoundTimes = Readonly<Record<(typeof MEASURED)[number], number>>

/** So many of each command. */
const BATCH = 1000
/** Offers that a round places, and as many that it withdraws. */
export const PLACED_A_ROUND = 2 * BATCH
/** Batches of offers that a round picks; of the last two, nothing is left in the book. */
const PICKED = 5
const LEVELS_SHOWN = 10
const EXPIRES_AT = 1_800_000_000_000
/** What a command on an offer may meet where the orders of a round sold all of it, or all but a tonne: a few in a thousand. */
const SOLD: readonly RejectionReason[] = ['OfferEnded', 'BelowReservedAndSold']

/** A book, and the offers that it gets in their order. */
export interface Busy {
  readonly book: Book
  readonly offers: Offers
  /** By the place of an offer among these: its id once it is in the book, and the tonnes that it offers. */
  readonly ids: Int32Array
  readonly tonnes: Int32Array
  /** The places of those in the book. */
  readonly live: number[]
  placed: number
}

/** Each command is about offers of its own, anywhere in the book, which nothing has looked at just before. */
export function round(busy: Busy, random: Random): RoundTimes {
  const { book, offers, tonnes } = busy
  const places = pick(busy, random)
  const held = reserve(busy, random)
  const place = (batch: number, at: number): number => places[batch * BATCH + at] as number
  const offer = (batch: number, at: number): OfferId => busy.ids[place(batch, at)] as number
  const reservation = (batch: number, at: number) => held[batch * BATCH + at] as ReservationId
  const apply = (commandOf: (at: number) => Command): number =>
    each((at) => {
      const event = book.apply(commandOf(at))
      if (isRejected(event) && !SOLD.includes(event.reason)) throw unexpected(event)
    })
  const times = {
    place: each(() => placeNext(busy)),
    suspend: apply((at) => ({ kind: 'SuspendOffer', offer: offer(0, at) })),
    'amend to less': apply((at) => {
      const quantityTonnes = Math.max(1, (tonnes[place(1, at)] as number) - 1)
      tonnes[place(1, at)] = quantityTonnes
      return { kind: 'AmendOffer', offer: offer(1, at), quantityTonnes }
    }),
    // At prices that offers of the book have, dealt out anew.
    'amend the price': apply((at) => {
      const priceMinor = offers.priceMinor[place(1, at)] as number
      return { kind: 'AmendOffer', offer: offer(2, at), priceMinor }
    }),
    extend: apply((at) => {
      const expiresAt = EXPIRES_AT + 1
      return { kind: 'ExtendReservation', reservation: reservation(0, at), expiresAt }
    }),
    commit: apply((at) => ({ kind: 'CommitReservation', reservation: reservation(1, at) })),
    release: apply((at) => ({ kind: 'ReleaseReservation', reservation: reservation(2, at) })),
    expire: apply((at) => {
      return { kind: 'ExpireReservation', reservation: reservation(3, at), now: EXPIRES_AT }
    }),
    'unit expiry': apply((at) => ({ kind: 'ExpireOffer', offer: offer(3, at) })),
    withdraw: apply((at) => ({ kind: 'WithdrawOffer', offer: offer(4, at) })),
    'depth of 10 levels': each(() => book.depth(undefined, LEVELS_SHOWN)),
    resume: apply((at) => ({ kind: 'ResumeOffer', offer: offer(0, at) })),
  }
  for (let at = 0; at < BATCH; at++) {
    book.apply({ kind: 'ReleaseReservation', reservation: reservation(0, at) })
    book.apply({ kind: 'WithdrawOffer', offer: offer(3, at) })
    placeNext(busy)
  }
  return times
}

function each(act: (at: number) => void): number {
  const clock = new Stopwatch(Number.POSITIVE_INFINITY)
  clock.run(0, BATCH, (from, to) => {
    for (let at = from; at < to; at++) act(at)
  })
  return clock.each
}

function placeNext(busy: Busy): void {
  const place = busy.placed++
  placeOffers(busy.book.apply, busy.offers, place, place + 1, busy.ids)
  busy.live.push(place)
}

/** Places of offers in the book, each once; those of the last two batches are not to stay there. */
function pick({ live }: Busy, random: Random): Int32Array {
  const picked = Int32Array.from({ length: PICKED * BATCH }, (_, at) => {
    const last = live.length - 1 - at
    const other = random.whole(0, last)
    const place = live[other] as number
    live[other] = live[last] as number
    live[last] = place
    return place
  })
  // They lie at the end of the list, the last that was picked first.
  live.splice(-PICKED * BATCH, 2 * BATCH)
  return picked
}

/** Holds a tonne of the best offer of a project, of any project, four batches of times. */
function reserve({ book, offers }: Busy, random: Random): Int32Array {
  const held = new Int32Array(4 * BATCH)
  for (let at = 0; at < held.length; ) {
    const { project } = random.pick(offers.instruments)
    const query = { quantityTonnes: 1, allOrNone: true, filter: { project: [project] } }
    const event = book.apply({ kind: 'Reserve', query, expiresAt: EXPIRES_AT })
    if (event.kind === 'Reserved') held[at++] = event.fills[0]?.reservation ?? 0
    else if (!isRejected(event) || event.reason !== 'NothingAvailable') throw unexpected(event)
  }
  random.shuffle(held, held.length)
  return held
}

/** How long single commands take while a book is filled. */
import { createBook } from '@offset-button/engine'
import { Random } from '../../support/random.ts'
import { quantile } from '../../support/statistics.ts'
import { answerWith } from '../../support/worker.ts'
import { makeInstruments, PROJECTS } from '../workload/instruments.ts'
import { type Clustering, makeOffers } from '../workload/offers.ts'
import { placeOffers } from '../workload/place-offers.ts'

export interface PauseRequest {
  readonly size: number
  readonly clustering: Clustering
}
/** Nanoseconds of one command. */
export interface PauseAnswer {
  readonly longest: number
  /** The longest without the time in which the processor did something else: as far as its clock tells, which may tick. */
  readonly longestBusy: number
  readonly p9999: number
  /** The longest that a loop is interrupted, for as long but a second at most, that does nothing but read the clock. */
  readonly longestIdle: number
}

const WARM_UP = 100_000
const MOST_IDLE_MS = 1000

answerWith(({ size, clustering }: PauseRequest): PauseAnswer => {
  const random = new Random(size)
  const offers = makeOffers(size, makeInstruments(PROJECTS, random), clustering, random)
  const ids = new Int32Array(size)
  placeOffers(createBook().apply, offers, 0, Math.min(WARM_UP, size), ids)
  const book = createBook()
  const took = new Float64Array(size)
  let longestBusy = 0
  let busyBefore = busyMilliseconds()
  let before = performance.now()
  const began = before
  for (let at = 0; at < size; at++) {
    placeOffers(book.apply, offers, at, at + 1, ids)
    const now = performance.now()
    const busy = busyMilliseconds()
    took[at] = now - before
    longestBusy = Math.max(longestBusy, Math.min(now - before, busy - busyBefore))
    busyBefore = busy
    before = performance.now()
  }
  const longestIdle = longestInterruption(Math.min(before - began, MOST_IDLE_MS))
  took.sort()
  return {
    longest: quantile(took, 1) * 1e6,
    longestBusy: longestBusy * 1e6,
    p9999: quantile(took, 0.9999) * 1e6,
    longestIdle: longestIdle * 1e6,
  }
})

/** Of the processor's time this thread has had so much. */
function busyMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** In milliseconds, as what it is given. */
function longestInterruption(during: number): number {
  let longest = 0
  let before = performance.now()
  const end = before + during
  while (before < end) {
    const now = performance.now()
    longest = Math.max(longest, now - before)
    before = now
  }
  return longest
}

/** The order book for the fuzzer: books of every plan in step with the oracle, each seed in another profile. */
import { inspect } from 'node:util'
import {
  type BookEvent,
  createBook,
  type OfferId,
  type Rejected,
  type ReservationId,
} from '@offset-button/engine'
import { CommandGenerator } from '../../engine/generator.ts'
import { Lockstep, type MakeBook } from '../../engine/lockstep.ts'
import { type Profile, RUNS } from '../../engine/profiles.ts'
import { isQuestion, type Step } from '../../engine/step.ts'
import type { FuzzArea } from '../fuzz.ts'
import { simplerSteps } from './simpler-steps.ts'

/** A step, and the ids that it brought when it was first taken: later steps name those. */
export type TracedStep = {
  readonly step: Step
  readonly profile: Profile
  readonly offer?: OfferId
  readonly reservations?: readonly ReservationId[]
}

const STEPS = 3000
const PROFILES: readonly Profile[] = Object.values(RUNS).flatMap((group) =>
  Object.values(group).map(({ profile }) => profile),
)

/** `makeBook`: where the books under test come from. */
export function engineArea(makeBook: MakeBook = createBook): FuzzArea<TracedStep> {
  return {
    trial(seed) {
      const profile = PROFILES[seed % PROFILES.length] as Profile
      const lockstep = lockstepOf(profile, makeBook)
      const open = () => lockstep.oracle.open.map(({ id }) => id)
      const generator = new CommandGenerator(seed, profile, open)
      const items: TracedStep[] = []
      for (let operations = 1; operations <= STEPS; operations++) {
        const step = operations === STEPS ? ({ kind: 'Check' } as const) : generator.step()
        const taken = take(lockstep, step)
        items.push({ step, profile, ...given(taken.event) })
        if (taken.sentence) return { operations, failure: { sentence: taken.sentence, items } }
        if (taken.event) generator.observe(taken.event)
      }
      return { operations: STEPS, failure: undefined }
    },
    failing: (items) => retry(items, makeBook),
    simpler: ({ step, ...rest }) =>
      simplerSteps(step).map((simpler) => ({ step: simpler, ...rest })),
    rewritten: (items) => reservationsChanged(items),
    text(items) {
      const { maxFills = 1, before = 0 } = items[0]?.profile ?? {}
      const steps = renumbered(items)
      const lines = steps.map((step) => `  ${inspect(step, SOURCE)},\n`).join('')
      return `replay(${maxFills}, ${before}, [\n${lines}])`
    },
  }
}

const SOURCE = { depth: null, maxArrayLength: null, breakLength: Number.POSITIVE_INFINITY } as const

/** Takes the steps anew, each with the ids that now stand for those it names. */
function retry(items: readonly TracedStep[], makeBook: MakeBook) {
  const lockstep = lockstepOf(items[0]?.profile, makeBook)
  const ids = new Renumbering()
  for (const [index, item] of items.entries()) {
    const { event, sentence } = take(lockstep, ids.fit(item.step))
    if (sentence) return { sentence, items: items.slice(0, index + 1) }
    if (event) ids.learn(item, event)
  }
  return undefined
}

/** The steps by themselves, as a book would number what they name. */
function renumbered(items: readonly TracedStep[]): Step[] {
  const { oracle } = lockstepOf(items[0]?.profile, createBook)
  const ids = new Renumbering()
  return items.map((item) => {
    const step = ids.fit(item.step)
    if (!isQuestion(step)) ids.learn(item, oracle.apply(step))
    return step
  })
}

function lockstepOf(profile: Profile | undefined, makeBook: MakeBook): Lockstep {
  return new Lockstep(profile?.maxFills ?? 1, profile?.before, makeBook)
}

/** The same steps with an earlier reservation wherever they name one, also with a single tonne reserved there. */
function* reservationsChanged(items: readonly TracedStep[]): Generator<TracedStep[]> {
  const named = items.flatMap(({ step }) => ('reservation' in step ? [step.reservation] : []))
  const given = items.flatMap(({ reservations = [] }) => reservations)
  for (const old of new Set(named)) {
    for (const other of given.filter((one) => one < old)) {
      const changed = items.map((item) => {
        const { step } = item
        if (!('reservation' in step) || step.reservation !== old) return item
        return { ...item, step: { ...step, reservation: other } }
      })
      yield changed
      yield changed.map((item) =>
        item.step.kind === 'Reserve' && item.reservations?.includes(other)
          ? { ...item, step: { ...item.step, query: { quantityTonnes: 1, allOrNone: true } } }
          : item,
      )
    }
  }
}

/** From the ids of the first run to those of another in which some of its steps are left out. */
class Renumbering {
  readonly #offers = new Map<OfferId, OfferId>()
  readonly #reservations = new Map<ReservationId, ReservationId>()

  fit(step: Step): Step {
    if ('offer' in step) return { ...step, offer: this.#offers.get(step.offer) ?? step.offer }
    if (!('reservation' in step)) return step
    const { reservation } = step
    return { ...step, reservation: this.#reservations.get(reservation) ?? reservation }
  }

  learn({ offer, reservations }: TracedStep, event: BookEvent | Rejected): void {
    if (event.kind === 'OfferPlaced' && offer !== undefined) this.#offers.set(offer, event.offer)
    if (event.kind !== 'Reserved') return
    for (const [index, fill] of event.fills.entries()) {
      const before = reservations?.[index]
      if (before !== undefined) this.#reservations.set(before, fill.reservation)
    }
  }
}

function given(event: BookEvent | Rejected | undefined): Partial<TracedStep> {
  if (event?.kind === 'OfferPlaced') return { offer: event.offer }
  if (event?.kind !== 'Reserved') return {}
  return { reservations: event.fills.map(({ reservation }) => reservation) }
}

function take(
  lockstep: Lockstep,
  step: Step,
): { event?: BookEvent | Rejected | undefined; sentence?: string } {
  try {
    return { event: lockstep.take(step) }
  } catch (error) {
    return { sentence: error instanceof Error ? error.message : String(error) }
  }
}

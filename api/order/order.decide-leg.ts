import type { Command } from '@offset-button/engine'
import type { Action, EffectPlan } from './order.action.ts'
import { callOnce, effectOf, type Moment } from './order.effect.ts'
import { type Leg, legIsOpen, type OrderView } from './order.ts'

const proposeKey = (order: string, leg: Leg) => `${order}:propose:${leg.number}:${leg.attempt}`
const completeKey = (order: string, leg: Leg) => `${order}:complete:${leg.number}:${leg.attempt}`
const terminateKey = (order: string, leg: Leg) => `${order}:terminate:${leg.number}:${leg.attempt}`

/** A leg that is wanted: proposed when its turn comes, looked at until checked, completed after the capture. */
export function decideOpenLeg(view: OrderView, leg: Leg, moment: Moment): Action[] {
  switch (leg.state) {
    case 'waiting': {
      const own = legAhead(view, leg)
      if (own && isSamePeriod(own, leg)) return join(view, leg, own, moment)
      if (isAboutToGrow(view, leg)) return []
      if (!leg.hasTurn) return wait(moment.now + moment.times.pollRegistryMs)
      return actionsOf(view, moment, {
        key: proposeKey(view.id, leg),
        kind: 'registry.propose',
        leg: leg.number,
        request: {},
      })
    }
    case 'proposed':
      return ask(leg, moment)
    case 'checked': {
      if (view.state !== 'captured' || leg.transaction === null) return []
      return actionsOf(view, moment, {
        key: completeKey(view.id, leg),
        kind: 'registry.complete',
        leg: leg.number,
        request: { transaction: leg.transaction },
      })
    }
    default:
      return []
  }
}

/**
 * An open leg of the same order at the same holding account, before the capture. A registry that takes one transaction
 * at a time from an account would never check both before the card is charged.
 */
export const legAhead = (view: OrderView, leg: Leg) =>
  view.state === 'authorised' && leg.state === 'waiting'
    ? view.legs.find(
        (one) =>
          one.number < leg.number &&
          one.holdingAccount === leg.holdingAccount &&
          legIsOpen(one.state) &&
          !one.givenUp,
      )
    : undefined

/** A leg behind is going to join this one, which is not proposed before it has. */
const isAboutToGrow = (view: OrderView, leg: Leg) =>
  !effectOf(view, proposeKey(view.id, leg)) &&
  view.legs.some(
    (behind) => !behind.givenUp && legAhead(view, behind) === leg && isSamePeriod(behind, leg),
  )

/** One registry transaction holds units of one applicable commitment period. */
export const isSamePeriod = (one: Leg, other: Leg) =>
  one.applicableCommitmentPeriod === other.applicableCommitmentPeriod

/** Makes one leg of two: the one ahead is taken back if need be, and proposed again with the fills of both. */
function join(view: OrderView, leg: Leg, ahead: Leg, moment: Moment): Action[] {
  if (ahead.state !== 'waiting') {
    return actionsOf(view, moment, {
      key: terminateKey(view.id, ahead),
      kind: 'registry.terminate',
      leg: ahead.number,
      request: { transaction: ahead.transaction ?? '' },
    })
  }
  if (effectOf(view, proposeKey(view.id, ahead))) return []
  return [
    {
      kind: 'record',
      change: {
        legs: [{ number: leg.number, state: 'terminated', allocations: 'freed' }],
        joinLegs: { from: leg.number, into: ahead.number },
      },
    },
  ]
}

/** A leg that is no longer wanted: taken back at the registry before its tonnes are free. */
export function decideGivenUpLeg(view: OrderView, leg: Leg, moment: Moment): Action[] {
  if (!leg.givenUp || !legIsOpen(leg.state)) return []
  if (leg.state === 'waiting') {
    const proposal = effectOf(view, proposeKey(view.id, leg))
    if (!proposal || proposal.state === 'refused') {
      return [
        {
          kind: 'record',
          change: { legs: [{ number: leg.number, state: 'terminated', allocations: 'freed' }] },
        },
      ]
    }
    return actionsOf(view, moment, proposal)
  }
  const step = callOnce(view, moment, {
    key: terminateKey(view.id, leg),
    kind: 'registry.terminate',
    leg: leg.number,
    request: { transaction: leg.transaction ?? '' },
  })
  return step.kind === 'pending' ? step.actions : ask(leg, moment)
}

/** A leg that has ended at the registry: its tonnes follow in the book. */
export function decideSettledLeg(view: OrderView, leg: Leg): Action[] {
  const fills = view.fills.filter((fill) => fill.leg === leg.number)
  const held = fills.filter((fill) => fill.state === 'held')
  switch (leg.state) {
    case 'completed':
      return book(
        held.map((fill) => ({ kind: 'CommitReservation', reservation: fill.reservation })),
      )
    case 'terminated':
      return book(
        held.map((fill) => ({ kind: 'ReleaseReservation', reservation: fill.reservation })),
      )
    case 'refused': {
      // Suspended in the same commit as released, so that nobody is sold what the registry refuses.
      if (held.length > 0) {
        return book(
          held.flatMap((fill): Command[] => [
            { kind: 'SuspendOffer', offer: fill.offer },
            { kind: 'ReleaseReservation', reservation: fill.reservation },
          ]),
        )
      }
      const lacking = mayReplace(view) ? fills.find((fill) => !fill.replaced) : undefined
      if (lacking) return [{ kind: 'replace', fill: lacking }]
      return view.state === 'captured' && leg.charged
        ? [{ kind: 'record', change: { legs: [{ number: leg.number, state: 'refunded' }] } }]
        : []
    }
    default:
      return []
  }
}

/** Whether other fills are looked for in the place of refused ones: while the money is there, or can still be had. */
const mayReplace = (view: OrderView) =>
  view.state === 'captured' ||
  (view.state === 'authorised' &&
    view.payment?.status === 'requires_capture' &&
    !effectOf(view, `${view.id}:void`) &&
    !effectOf(view, `${view.id}:capture`))

const actionsOf = (view: OrderView, moment: Moment, plan: EffectPlan): Action[] => {
  const step = callOnce(view, moment, plan)
  // An answer is stored together with what it means for the leg, so an answered call needs nothing more but a person.
  return step.kind === 'pending' ? step.actions : wait(moment.now + moment.times.personMs)
}

const ask = (leg: Leg, moment: Moment): Action[] =>
  moment.askedLegs.has(leg.number)
    ? wait(moment.now + moment.times.pollRegistryMs)
    : [{ kind: 'askRegistry', leg }]

const book = (commands: readonly Command[]): Action[] =>
  commands.length > 0 ? [{ kind: 'book', commands }] : []
const wait = (until: number): Action[] => [{ kind: 'wait', until }]

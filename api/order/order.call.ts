/** The calls to the outside, and how to learn what became of one whose answer was lost. */
import type { Answer, Registry, Transaction } from '@offset-button/registry-bridge'
import { assert } from '../assert.ts'
import type { PaymentAnswer, PaymentSnapshot } from '../payment/payment.ts'
import type { Outcome } from './order.outcome.ts'
import type { OrderPorts } from './order.ports.ts'
import type { Effect, EffectKind, EffectRequest, Leg, OrderView } from './order.ts'

export type OutsideAnswer = {
  readonly outcome: Outcome
  readonly payment: PaymentSnapshot | null
}

type Call = {
  readonly key: string
  readonly kind: EffectKind
  readonly leg: number | null
  readonly request: EffectRequest
}

/** Keys of the payment service are good for 24 hours; from then on a call is looked up and not resent. */
const KEY_LIFE_MS = 23 * 3_600_000

/** Throws PaymentUnreachable or RegistryUnreachable where the outcome is unknown. */
export async function callOutside(
  ports: OrderPorts,
  view: OrderView,
  call: Call,
): Promise<OutsideAnswer> {
  const { payment } = ports
  const id = view.payment?.id ?? ''
  const amountMinor = call.request.amountMinor ?? 0
  switch (call.kind) {
    case 'payment.create':
      return ofPayment(
        await payment.create({
          order: view.id,
          amountMinor,
          currency: view.currency,
          description: `${view.quantityTonnes} t of carbon credits, cancelled`,
          key: call.key,
        }),
      )
    case 'payment.void':
      return ofPayment(await payment.void({ id, key: call.key }))
    case 'payment.capture': {
      const answer = await payment.capture({ id, amountMinor, key: call.key })
      // Refused where a person has captured by hand: what was wanted is done, for the amount that the payment says.
      return answer.payment?.status === 'succeeded'
        ? { outcome: { kind: 'ok' }, payment: answer.payment }
        : ofPayment(answer)
    }
    case 'payment.refund':
      return ofPayment(
        await payment.refund({ id, amountMinor, key: call.key, reference: call.key }),
      )
    case 'registry.propose': {
      const leg = legOf(view, call)
      return ofRegistry(
        await registryOf(ports, leg.registry).propose({
          reference: call.key,
          holdingAccount: leg.holdingAccountNumber,
          blocks: await ports.store.allocate(view.id, leg.number),
          beneficiary: view.beneficiary,
          purpose: view.purpose,
        }),
      )
    }
    case 'registry.complete':
    case 'registry.terminate': {
      const registry = registryOf(ports, legOf(view, call).registry)
      const identifier = call.request.transaction ?? ''
      const answer =
        call.kind === 'registry.complete'
          ? await registry.complete(identifier)
          : await registry.terminate(identifier)
      if (answer.kind === 'ok' || answer.advice === 'retry') return ofRegistry(answer)
      return whyRefused(registry, identifier, answer)
    }
  }
}

/** What became of a call whose answer was lost; 'resend' where it never arrived, or may safely be made again. */
export async function lookUpOutside(
  ports: OrderPorts,
  view: OrderView,
  effect: Effect,
): Promise<OutsideAnswer | 'resend'> {
  const { payment } = ports
  if (effect.kind === 'payment.create') {
    // The same key answers with the same payment, which is the surest way to look it up.
    if (ports.clock.now() - effect.sentAt < KEY_LIFE_MS) return 'resend'
    const found = await payment.findByOrder(view.id)
    return found ? { outcome: { kind: 'ok' }, payment: found } : 'resend'
  }
  if (effect.kind === 'payment.refund') {
    const id = view.payment?.id ?? ''
    if (!(await payment.findRefund({ id, reference: effect.key }))) return 'resend'
    return { outcome: { kind: 'ok' }, payment: await payment.find(id) }
  }
  if (effect.kind === 'payment.void' || effect.kind === 'payment.capture') {
    const found = await payment.find(view.payment?.id ?? '')
    assert(found, `payment of ${view.id} is unknown to the payment service`)
    if (found.status === 'requires_capture') return 'resend'
    const wanted = effect.kind === 'payment.void' ? 'canceled' : 'succeeded'
    if (found.status === wanted) return { outcome: { kind: 'ok' }, payment: found }
    if (effect.kind === 'payment.void' && found.status !== 'succeeded') return 'resend'
    return {
      outcome: {
        kind: 'refused',
        refusal: { codes: [], message: `the payment is ${found.status}`, advice: 'refuse' },
      },
      payment: found,
    }
  }
  const leg = legOf(view, effect)
  const registry = registryOf(ports, leg.registry)
  const found = await registry.transaction(
    effect.kind === 'registry.propose'
      ? { reference: effect.key }
      : { identifier: effect.request.transaction ?? '' },
  )
  if (!found && !leg.givenUp) return 'resend'
  if (!found) {
    return {
      outcome: {
        kind: 'refused',
        refusal: { codes: [], message: 'the proposal never arrived', advice: 'lapsed' },
      },
      payment: null,
    }
  }
  if (isPending(found) && effect.kind !== 'registry.propose') return 'resend'
  return { outcome: { kind: 'ok', transaction: found }, payment: null }
}

/** A transaction that cannot be ended is looked at: it may have ended by itself. While it is pending, ending is tried again. */
async function whyRefused(
  registry: Registry,
  identifier: string,
  { codes, message }: Extract<Answer<Transaction>, { kind: 'refused' }>,
): Promise<OutsideAnswer> {
  const found = await registry.transaction({ identifier })
  if (found && !isPending(found)) return ofRegistry({ kind: 'ok', value: found })
  return ofRegistry({ kind: 'refused', codes, message, advice: 'retry' })
}

const isPending = ({ status }: Transaction) => status === 1 || status === 2

function ofPayment(answer: PaymentAnswer): OutsideAnswer {
  if (answer.kind === 'ok') return { outcome: { kind: 'ok' }, payment: answer.payment }
  const { code, message, payment } = answer
  return {
    outcome: {
      kind: 'refused',
      refusal: { codes: [], message: `${code}: ${message}`, advice: 'refuse' },
    },
    payment,
  }
}

function ofRegistry(answer: Answer<Transaction>): OutsideAnswer {
  if (answer.kind === 'ok') {
    return { outcome: { kind: 'ok', transaction: answer.value }, payment: null }
  }
  const { codes, message, advice } = answer
  return { outcome: { kind: 'refused', refusal: { codes, message, advice } }, payment: null }
}

function legOf(view: OrderView, call: { readonly leg: number | null }): Leg {
  const leg = view.legs.find((one) => one.number === call.leg)
  assert(leg, `order ${view.id} has no leg ${call.leg}`)
  return leg
}

export function registryOf(ports: Pick<OrderPorts, 'registries'>, id: string) {
  const registry = ports.registries.get(id)
  assert(registry, `no registry ${id} is configured`)
  return registry
}

import type { Order } from '@offset-button/contract'

type OrderLeg = Order['legs'][number]

export type Mark = 'ok' | 'now' | 'wait' | 'fin'
export type ProgressKey =
  | 'reserved'
  | 'authorised'
  | 'checked'
  | 'captured'
  | 'completed'
  | 'certificate'
export type ProgressRow = {
  readonly key: ProgressKey
  readonly mark: Mark
  /** When it happened; null before. */
  readonly at: string | null
}

const KEYS: readonly ProgressKey[] = [
  'reserved',
  'authorised',
  'checked',
  'captured',
  'completed',
  'certificate',
]

/** The six rows of an order. Rows up to the charge can be undone; the last two are final. */
export const progressOf = (order: Order): readonly ProgressRow[] => {
  const done = KEYS.map((key) => isDone(order, key))
  const current = done.indexOf(false)
  return KEYS.map((key, index) => ({
    key,
    mark: done[index]
      ? isFinalKey(key)
        ? 'fin'
        : 'ok'
      : index === current
        ? key === 'completed'
          ? 'fin'
          : 'now'
        : 'wait',
    at: order.steps.find((step) => step.step === key)?.at ?? null,
  }))
}

const isFinalKey = (key: ProgressKey) => key === 'completed' || key === 'certificate'

const isDone = (order: Order, key: ProgressKey): boolean => {
  const charged = order.state === 'captured' || order.state === 'closed'
  switch (key) {
    case 'reserved':
      return true
    case 'authorised':
      return charged || order.state === 'authorised'
    case 'checked':
      return charged || (order.legs.length > 0 && order.legs.every(isChecked))
    case 'captured':
      return charged
    case 'completed':
      return charged && order.completed_tonnes > 0 && openTonnes(order) === 0
    case 'certificate':
      return order.certificate !== null
    default: {
      const never: never = key
      return never
    }
  }
}

const isChecked = (leg: OrderLeg) => leg.state === 'checked' || leg.state === 'completed'

/** Tonnes that are neither cancelled nor refunded yet. */
const openTonnes = (order: Order): number =>
  order.quantity_tonnes - order.completed_tonnes - tonnesIn(order, ['refunded'])

const tonnesIn = (order: Order, states: readonly OrderLeg['state'][]): number =>
  order.legs
    .filter((leg) => states.includes(leg.state))
    .reduce((sum, leg) => sum + leg.quantity_tonnes, 0)

/** Tonnes that the registry refused and that no other leg has taken over, with what they cost. */
export const refusedOf = (order: Order): { tonnes: number; costMinor: number } | null => {
  const alive = tonnesIn(order, ['waiting', 'proposed', 'checked', 'completed', 'refunded'])
  const tonnes = order.quantity_tonnes - alive
  const refused = order.legs.filter((leg) => leg.state === 'refused' || leg.state === 'terminated')
  if (tonnes <= 0 || refused.length === 0) return null
  const legs = new Set(refused.map((leg) => leg.number))
  const costMinor = order.fills
    .filter((fill) => legs.has(fill.leg))
    .reduce((sum, fill) => sum + fill.cost_minor, 0)
  return { tonnes, costMinor }
}

/** A registry counts as silent after this long. */
const SILENCE_SECONDS = 20

/** True where it is the registry's turn and it has said nothing for `SILENCE_SECONDS`. */
export const isRegistrySilent = (order: Order, nowMs: number): boolean => {
  if (order.state !== 'authorised' && order.state !== 'captured') return false
  const last = order.steps.at(-1)?.at ?? order.created_at
  return nowMs - Date.parse(last) > SILENCE_SECONDS * 1000
}

/** How long the whole hold is, in milliseconds: 2 minutes, or 10 with the bank. */
const HOLD_MS = 120_000
const EXTENDED_HOLD_MS = 600_000

export type Hold = { readonly leftMs: number; readonly share: number }

/** What is left of the hold and its share of the whole, from 1 to 0; null where nothing is held. */
export const holdOf = (order: Order, nowMs: number): Hold | null => {
  if (order.hold === null) return null
  const whole = order.hold.extended ? EXTENDED_HOLD_MS : HOLD_MS
  const leftMs = Math.min(whole, Math.max(0, Date.parse(order.hold.expires_at) - nowMs))
  return { leftMs, share: leftMs / whole }
}

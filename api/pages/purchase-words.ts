import type { Order, PassedOverReason } from '@offset-button/contract'
import { countText, moneyText, tonnesText } from './format.ts'

/** What the pages of a purchase say in more than one place. */

export const creditsText = (count: number): string =>
  `${countText(count)} ${count === 1 ? 'credit' : 'credits'}`

/** "US$39.76": the total, where no receipt stands around it. */
export const totalText = (minor: number, currency: string): string =>
  moneyText(minor, currency).replace('$', 'US$')

/** The sentence that a buyer agrees to; kept with the order. */
export const consentText = (tonnes: number): string =>
  `I understand that cancelling ${tonnes === 1 ? 'this 1 credit' : `these ${countText(tonnes)} credits`} is permanent. Once the registry has done it, nobody can undo it, and it is not refunded.`

export const PASSED_OVER: Readonly<Record<PassedOverReason, string>> = {
  outside_filter: 'outside this choice',
  own_offer: 'of the buyer’s own',
  units_expired: 'whose units have expired',
  suspended: 'that are suspended',
  reserved: 'held for others',
  exhausted: 'that are sold out',
  withdrawn: 'that were withdrawn',
}

/** What became of an order that ended without a certificate, and what it means for the money. */
export function endOf(order: Order): { readonly title: string; readonly text: string } {
  const again = 'Nothing was charged; the credits are on offer again.'
  switch (order.reason) {
    case 'hold_expired':
      return { title: 'The hold ran out', text: again }
    case 'stopped':
      return { title: 'Stopped', text: again }
    case 'card_declined':
      return { title: 'Your bank declined the card', text: again }
    case 'capture_refused':
      return {
        title: 'The card could not be charged',
        text: 'Its authorisation was gone. Nothing was charged and no credit was cancelled.',
      }
    case 'registry_timed_out':
      return {
        title: 'The registry did not answer in time',
        text: 'Your card was not charged; the credits are on offer again.',
      }
    case 'registry_refused':
      return { title: 'The registry refused these credits', text: chargeText(order) }
    default:
      return { title: 'The order ended without a certificate', text: chargeText(order) }
  }
}

const chargeText = ({ amounts, refunded_minor: refunded }: Order): string =>
  refunded > 0
    ? `Your card was charged and ${totalText(refunded, amounts.currency)} was refunded.`
    : 'Your card was not charged.'

export type ProgressLine = {
  readonly text: string
  readonly state: 'done' | 'now' | 'later'
  readonly at: string | null
}

/** The steps of an order that is paid or about to be, in their order; what follows the third cannot be undone. */
export function progressOf(order: Order): readonly ProgressLine[] {
  const total = totalText(order.captured_minor || order.amounts.total_minor, order.amounts.currency)
  const count = order.quantity_tonnes
  const words: readonly [Order['steps'][number]['step'], string, string][] = [
    ['reserved', `${creditsText(count)} held for you`, ''],
    ['authorised', 'Card authorised, not yet charged', 'Your bank authorises the card'],
    ['checked', 'Registry checked the credits: all in order', 'Registry checks the credits'],
    ['captured', `Card charged ${total}`, `Card is charged ${total}`],
    [
      'completed',
      `Registry cancelled ${creditsText(order.completed_tonnes)}`,
      `Registry cancels the credits: ${tonnesText(order.completed_tonnes)} of ${tonnesText(count)}`,
    ],
    ['certificate', 'Certificate', 'Certificate'],
  ]
  const reached = new Map(order.steps.map(({ step, at }) => [step, at]))
  const next = words.findIndex(([step]) => !reached.has(step))
  return words.map(([step, done, ahead], index) => {
    const at = reached.get(step) ?? null
    return { text: at ? done : ahead, state: at ? 'done' : index === next ? 'now' : 'later', at }
  })
}

import { type Order, PROBLEMS, type ProblemCode } from '@offset-button/contract'
import type { Refusal } from '../http/refusal.ts'
import type { AmountTrouble } from './amount.page.ts'
import type { Language } from './language.ts'
import type { QuoteNotice } from './quote.page.ts'

/** A refusal that another amount or choice mends; null for the others. */
export function troubleOf(
  { problem, say }: Language,
  { code, extra }: Refusal,
): AmountTrouble | null {
  const { remedy, sentence } = problem(code)
  const most = (tonnes: number | undefined) => (tonnes ? { tonnes } : {})
  switch (code) {
    case 'not_enough_available':
      return { title: say('left.title'), text: sentence, ...most(extra.available_tonnes) }
    case 'nothing_available':
      return { title: say('empty.title'), text: remedy }
    case 'amount_too_small':
      return { title: say('small.title'), text: sentence, ...most(extra.minimum_tonnes) }
    case 'amount_too_large':
      return { title: say('large.title'), text: sentence, ...most(extra.maximum_tonnes) }
    case 'too_many_fills':
      return { title: say('many.title'), text: `${sentence} ${remedy}` }
    default:
      return null
  }
}

/** Why a form was not taken for an order, or the order that was `placed` by it before. */
export function noticeOf(
  { problem, say }: Language,
  code: ProblemCode,
  placed: string | null,
): QuoteNotice {
  if (code === 'price_moved') {
    return { title: say('moved.title'), text: `${say('moved.text')} ${say('moved.this')}` }
  }
  if (placed !== null) {
    return { title: say('again.title'), text: say('again.text'), href: `/orders/${placed}` }
  }
  const { sentence } = problem(code)
  return {
    title: say('refused.title'),
    text: PROBLEMS[code].retryable ? `${sentence} ${say('refused.again')}` : sentence,
  }
}

/** What became of an order that ended without a certificate, and what it means for the money. */
export function endOf(
  { say, total }: Language,
  order: Order,
): { readonly title: string; readonly text: string } {
  const { refunded_minor: refunded } = order
  const charge =
    refunded > 0
      ? say('ended.refused_refunded', { refund: total(refunded) })
      : say('ended.refused_text')
  switch (order.reason) {
    case 'hold_expired':
      return { title: say('ended.expired'), text: say('ended.expired_text') }
    case 'stopped':
      return { title: say('ended.stopped'), text: say('ended.stopped_text') }
    case 'card_declined':
      return { title: say('ended.declined'), text: say('ended.declined_text') }
    case 'capture_refused':
      return { title: say('ended.capture'), text: say('ended.capture_text') }
    case 'registry_timed_out':
      return { title: say('ended.timed_out'), text: say('ended.timed_out_text') }
    case 'registry_refused':
      return { title: say('ended.refused'), text: charge }
    default:
      return { title: say('ended.other'), text: charge }
  }
}

export type ProgressLine = {
  readonly text: string
  readonly state: 'done' | 'now' | 'later'
  readonly at: string | null
}

/** The steps of an order that is paid or about to be, in their order; what follows the third cannot be undone. */
export function progressOf(language: Language, order: Order): readonly ProgressLine[] {
  const { say } = language
  const total = language.total(order.captured_minor || order.amounts.total_minor)
  const n = order.quantity_tonnes
  const done = order.completed_tonnes
  const some = done > 0 ? ` (${say('progress.some', { done, n })})` : ''
  const words: readonly [Order['steps'][number]['step'], string, string][] = [
    ['reserved', say('progress.reserved', { n }), ''],
    ['authorised', say('progress.authorised'), say('progress.authorising')],
    ['checked', say('progress.checked'), say('progress.checking')],
    ['captured', say('progress.captured', { total }), say('progress.capturing', { total })],
    ['completed', say('progress.completed', { n: done }), `${say('progress.completing')}${some}`],
    ['certificate', say('progress.certificate'), say('progress.certificate')],
  ]
  const reached = new Map(order.steps.map(({ step, at }) => [step, at]))
  const next = words.findIndex(([step]) => !reached.has(step))
  return words.map(([step, past, ahead], index) => {
    const at = reached.get(step) ?? null
    return { text: at ? past : ahead, state: at ? 'done' : index === next ? 'now' : 'later', at }
  })
}

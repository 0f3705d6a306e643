import type { Explanation } from '@offset-button/contract'
import type { Choice } from '../choice.ts'
import { filterOf } from '../filter-of.ts'
import { limitsOf, quoteRequestOf } from '../requests.ts'
import type { Panel } from './panel.ts'

/** After `price_moved`: the same tonnes now, and what the old total buys now. */
export const compare = async (panel: Panel): Promise<void> => {
  const { client, dispatch, host, follower, purchase } = panel
  const pricing = follower?.pricing
  const before = purchase.before
  if (before === null || !pricing) return
  const limits = limitsOf(purchase, host.settings)
  const question = pricing.next()
  const now = await pricing.insist(question, () =>
    client.quote({ quantity_tonnes: before.quantity_tonnes, ...limits }),
  )
  if (now === null) return
  if (!now.ok) {
    dispatch({ kind: 'quote_refused', trouble: now.trouble })
    return
  }
  const fewer = await client.quote({ budget_minor: before.amounts.total_minor, ...limits })
  if (pricing.isOver(question)) return
  const isFewer = fewer.ok && fewer.value.quantity_tonnes < before.quantity_tonnes
  dispatch({ kind: 'compared', now: now.value, fewer: isFewer ? fewer.value : null })
  panel.onQuote(now.value)
}

/** After `not_enough_available`: what the tonnes that are left cost. */
export const countLeft = async ({ client, dispatch, host, purchase }: Panel): Promise<void> => {
  if (!purchase.left || purchase.left.tonnes === 0) return
  const limits = limitsOf(purchase, host.settings)
  const answer = await client.quote({ quantity_tonnes: purchase.left.tonnes, ...limits })
  if (answer.ok) dispatch({ kind: 'left_counted', quote: answer.value })
}

/** What a drafted choice would have on offer; an answer that a later choice overtook does not count. */
export const countDraft = async (panel: Panel, choice: Choice): Promise<void> => {
  const { client, dispatch, host } = panel
  const answer = await client.market(filterOf(host.settings.bounds, choice))
  if (answer.ok && panel.purchase.draft?.choice === choice)
    dispatch({ kind: 'draft_counted', market: answer.value })
}

/** Which cheaper offers were passed over, and why. Without an answer the rule alone is said. */
export const explain = async (panel: Panel): Promise<void> => {
  const { client, dispatch, host, purchase } = panel
  const request = quoteRequestOf(purchase, host.settings)
  if (request === null || purchase.quote === null || purchase.explanation) return
  const answer = await client.post<Explanation>('/v1/quotes/explanation', request)
  if (answer.ok && panel.purchase.quote === purchase.quote)
    dispatch({ kind: 'explained', explanation: answer.value })
}

import { html, type TemplateResult } from 'lit'
import { quoteRequestOf } from '../requests.ts'
import type { StringKey, Values } from '../strings.ts'
import type { Desk } from './desk.ts'
import { richWords, type View, words } from './view.ts'

/**
 * Where to go on outside of this page: the hosted page of the order that is remembered, by its
 * unguessable id, so that there is never a second one; else the hosted quote of the same choice.
 */
export const hostedAddress = ({ host, purchase }: Pick<Desk, 'host' | 'purchase'>): string => {
  const { api, bounds, key } = host.settings
  const order = purchase.order?.id ?? host.memory.read()?.orderId
  if (order) return `${api}/orders/${order}`
  const asked = quoteRequestOf(purchase, host.settings)
  const { project, host: hosts, technology, vintage } = asked?.filter ?? bounds
  const fields = {
    key,
    tonnes: asked?.quantity_tonnes,
    budget: dollarsOf(asked?.budget_minor),
    project,
    host: hosts,
    technology,
    vintage_from: vintage?.from,
    vintage_to: vintage?.to,
    max_price: dollarsOf(asked?.max_price_minor),
    beneficiary: purchase.beneficiary,
    purpose: purchase.purpose,
    lang: host.tongue.code,
  }
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value) search.set(name, String(value))
  return `${api}/${asked ? 'buy/quote' : 'buy'}?${search}`
}

const dollarsOf = (minor: number | undefined): string | undefined =>
  minor === undefined ? undefined : (minor / 100).toFixed(2)

/** Opens the address in a new tab that knows nothing of this one; in this tab where the browser refuses. */
export const goTo = (address: string): void => {
  const tab = window.open(address, '_blank')
  if (tab) tab.opener = null
  else location.assign(address)
}

/** A sentence that names the host of the page where one can go on; it stays whole in any direction. */
export const hostedWords = (view: View, key: StringKey, values?: Values) =>
  richWords(view, key, { ...values, host: `\u2066${new URL(view.hosted).host}\u2069` })

/** A link to go on there, with the same choice or the same order. */
export const drawGoOn = (view: View): TemplateResult =>
  html`<a class="act has-two" href=${view.hosted} target="_blank" rel="noopener"><span class="two">${hostedWords(
    view,
    'hosted.go',
  )}<small>${words(view, 'hosted.new_tab')}</small></span></a>`

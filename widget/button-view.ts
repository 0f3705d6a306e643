import type { Quote } from '@offset-button/contract'
import { html, nothing, type TemplateResult } from 'lit'
import type { TroubleCode } from './api-client.ts'
import type { Settings } from './attributes.ts'
import type { Format } from './format.ts'
import { mark } from './mark.ts'
import { englishButton } from './strings.en.button.ts'
import { ENGLISH_TAG, say, type Values } from './strings.ts'

/** What the button on the page shows. */
export type ButtonState = {
  readonly settings: Settings
  readonly format: Format
  readonly quote: Quote | null
  readonly isTest: boolean
  /** Why nothing can be bought now; null where it can. */
  readonly closure: TroubleCode | null
  readonly hasOpenOrder: boolean
  /** Tonnes of this visitor's order that has its certificate. */
  readonly doneTonnes: number | null
  readonly isLoading: boolean
  readonly isOpen: boolean
}

/** Mark, label, hairline, live price, TEST. It opens in every state. */
export const drawButton = (state: ButtonState, onPress: () => void): TemplateResult => {
  const { appearance, size } = state.settings
  const isOffered = state.closure === null && !state.hasOpenOrder && state.doneTonnes === null
  const price = isOffered && appearance !== 'plain' ? state.quote : null
  return html`<button class="button ${looksOf(state)}" part="button" type="button"
    aria-haspopup="dialog" aria-expanded=${state.isOpen ? 'true' : 'false'}
    aria-busy=${state.isLoading ? 'true' : 'false'} @click=${onPress}>
    ${appearance === 'plain' ? nothing : mark}
    ${size === 'l' && price ? drawTwoLines(state, price) : drawLabel(state)}
    ${price ? html`<span class="price" part="price"><bdi dir="ltr">${state.format.total(price.amounts.total_minor)}</bdi></span>` : nothing}
    ${state.isTest && appearance !== 'plain' ? html`<span class="badge" part="badge">${words('panel.test')}</span>` : nothing}
  </button>`
}

const words = (key: keyof typeof englishButton, values?: Values): string =>
  say({ tag: ENGLISH_TAG, direction: 'ltr', strings: englishButton }, key, values)

const looksOf = (state: ButtonState): string => {
  const looks: string[] = [state.settings.appearance, state.settings.size]
  const isDone = state.doneTonnes !== null
  if (state.closure !== null && !state.hasOpenOrder && !isDone) looks.push('closed')
  if (isDone && state.settings.appearance === 'solid') looks.push('done')
  if (state.isLoading) looks.push('loading')
  return looks.join(' ')
}

const drawLabel = (state: ButtonState) =>
  html`<span class="label" part="label">${labelOf(state)}</span>`

const drawTwoLines = (state: ButtonState, quote: Quote) =>
  html`<span class="lines">${drawLabel(state)}<small>${words('button.second', {
    n: quote.quantity_tonnes,
  })}</small></span>`

const labelOf = ({
  settings,
  quote,
  doneTonnes,
  hasOpenOrder,
  closure,
  format,
}: ButtonState): string => {
  const { tonnes, budgetMinor } = settings
  if (doneTonnes !== null) return words('button.done', { n: doneTonnes })
  if (hasOpenOrder) return words('button.open_order')
  if (closure !== null)
    return words(closure === 'market_halted' ? 'button.paused' : 'button.closed')
  if (budgetMinor === null)
    return tonnes === null ? words('button.any') : words('button.offset', { n: tonnes })
  if (quote) return words('button.offset', { n: quote.quantity_tonnes })
  return words('button.budget', { total: format.total(budgetMinor) })
}

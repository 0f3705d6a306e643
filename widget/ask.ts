import type { Market, Quote } from '@offset-button/contract'
import type { Settings } from './attributes.ts'
import { REQUEST_TIMEOUT_MS, send } from './transport.ts'

/** What was asked for, the market and a price; null for what did not come, or is not to be asked for. */
export type Answers = readonly [asked: Settings, market: Market | null, quote: Quote | null]

/** The market and a price by these settings, together. Never rejects. */
export const ask = (settings: Settings): Promise<Answers> => {
  const { api, bounds, budgetMinor, key, market, maxPriceMinor, tonnes } = settings
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  const read = <T>(path: string, asked?: object): Promise<T | null> =>
    send(api, key, path, { signal, body: asked ? JSON.stringify(asked) : null })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null)
  const limits = { filter: bounds, max_price_minor: maxPriceMinor ?? undefined }
  const amount = budgetMinor ? { budget_minor: budgetMinor } : { quantity_tonnes: tonnes }
  return Promise.all([
    settings,
    market ? read<Market>(market) : null,
    market && (budgetMinor || tonnes) ? read<Quote>('/v1/quotes', { ...amount, ...limits }) : null,
  ])
}

import type { QuotedMarket } from '@offset-button/contract'
import type { Settings } from './attributes.ts'
import { REQUEST_TIMEOUT_MS } from './transport.ts'

/** What was asked for, and the market with its price; null for what did not come, or is not to be asked for. */
export type Answers = readonly [asked: Settings, market: QuotedMarket | null]

/**
 * The market and a price by these settings, in one request that no browser asks permission for: no header is its own, and the
 * key, which is public, stands in the address. Never rejects.
 */
export const ask = async (settings: Settings): Promise<Answers> => {
  const { api, budgetMinor, key, market, maxPriceMinor, tonnes } = settings
  const amount = budgetMinor ? `budget_minor=${budgetMinor}` : tonnes && `quantity_tonnes=${tonnes}`
  const limit = maxPriceMinor ? `&max_price_minor=${maxPriceMinor}` : ''
  if (!market) return [settings, null]
  try {
    const response = await fetch(`${api}${market}key=${key}${amount ? `&${amount}${limit}` : ''}`, {
      credentials: 'omit',
      referrerPolicy: 'strict-origin',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    return [settings, response.ok ? await response.json() : null]
  } catch {
    return [settings, null]
  }
}

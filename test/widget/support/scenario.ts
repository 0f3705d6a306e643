import type { Market, Problem } from '@offset-button/contract'
import { OFFERS } from './fixtures.ts'

/** What a test may set: the fake API answers accordingly. Reset for each test. */
export type Scenario = {
  market: Partial<Market>
  surchargeMinor: number
  offers: typeof OFFERS
  /** The next answers of these routes, instead of the usual one; `null` cuts the connection. */
  refuse: { market: Answer[]; quotes: Answer[]; orders: Answer[] }
  /** Places the order, and then loses the reply. */
  loseOrderReply: number
  delayMs: number
  stepMs: number
  /** Where orders stop by themselves. */
  stopAt: 'authorised' | 'checked' | 'captured' | null
  script: 'ok' | 'missing'
  frame: 'ok' | 'silent'
  events: 'ok' | 'broken'
  bankMs: number
  /** Serves the file whose name begins so changed by one byte. */
  tamper: string | null
  /** Serves the file whose name begins so only then. */
  late: { readonly name: string; readonly until: Promise<void> } | null
}
type Answer = Problem | null

/** The usual answers. */
export const usual = (): Scenario => ({
  market: {},
  surchargeMinor: 0,
  offers: OFFERS,
  refuse: { market: [], quotes: [], orders: [] },
  loseOrderReply: 0,
  delayMs: 0,
  stepMs: 40,
  stopAt: null,
  script: 'ok',
  frame: 'ok',
  events: 'ok',
  bankMs: 0,
  tamper: null,
  late: null,
})

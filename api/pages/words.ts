import type { PROBLEMS } from '@offset-button/contract'
import type { FirstKey, RestKey, Words as Table } from '@offset-button/contract/words/language'
import type { MARKET_WORDS } from '@offset-button/contract/words/market'
import type { words as own } from './languages/en.ts'

/** The words of the pages: their own, and those that button and market have; a key that a language lacks does not compile. */
export type WordKey = OwnKey | FirstKey | RestKey | MarketKey
type OwnKey = keyof typeof own
type MarketKey = `market.${keyof (typeof MARKET_WORDS)['en']}`
export type OwnWords = Table<OwnKey>
export type MarketWords = Table<MarketKey>
export type Words = Table<WordKey>

/** What a refusal says to people: what happened, then what next. */
export type ProblemWords = {
  readonly [code in keyof typeof PROBLEMS]: { readonly sentence: string; readonly remedy: string }
}

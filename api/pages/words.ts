import type { PROBLEMS } from '@offset-button/contract'
import type { words as button } from './languages/button/en.ts'
import type { words as own } from './languages/en.ts'

/** The forms of a sentence with a number, by the language's own categories. */
export type Plural = { readonly other: string } & Partial<
  Readonly<Record<Intl.LDMLPluralRule, string>>
>

type Table<Key extends string> = { readonly [key in Key]: string | Plural }

/** The words of the pages, of which some are the button's: a key that a language lacks does not compile. */
export type WordKey = keyof typeof own | keyof typeof button
export type OwnWords = Table<keyof typeof own>
export type ButtonWords = Table<keyof typeof button>
export type Words = Table<WordKey>

/** What a refusal says to people: what happened, then what next. */
export type ProblemWords = {
  readonly [code in keyof typeof PROBLEMS]: { readonly sentence: string; readonly remedy: string }
}

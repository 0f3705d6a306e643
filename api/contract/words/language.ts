import type { words as rest } from './en.rest.ts'
import type { words as first } from './en.ts'

/** The languages that button, elements and pages speak. */
export const LANGUAGES = ['en', 'fr', 'es', 'de', 'pt', 'ar', 'zh', 'hi'] as const
export type LanguageCode = (typeof LANGUAGES)[number]

/** The forms of a sentence with a number, by the language's own categories. */
export type Plural = { readonly other: string } & Partial<
  Readonly<Record<Intl.LDMLPluralRule, string>>
>

/** What the button says up to the first quote, and what comes later: a file each, a language. */
export type FirstKey = keyof typeof first
export type RestKey = keyof typeof rest

/** A language's table: a word that it lacks does not compile. */
export type Words<Key extends string> = { readonly [key in Key]: string | Plural }

/** What a small element says, in every language. */
export type WordsOf<Key extends string> = Readonly<Record<LanguageCode, Words<Key>>>

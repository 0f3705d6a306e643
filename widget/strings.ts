import type { FirstKey, Plural, RestKey, Words } from '@offset-button/contract/words/language'
import { formOf } from './languages/plural.ts'

export type { FirstKey, RestKey, Words }
export type StringKey = FirstKey | RestKey
export type Values = Readonly<Record<string, string | number>>

/** A language: its words, and the BCP 47 tag by which numbers, dates and plurals are formed. */
export type Language<K extends StringKey = StringKey> = {
  readonly tag: string
  /** The direction of its script: the panel reads so on any page. */
  readonly direction: 'ltr' | 'rtl'
  readonly words: Words<K>
}

/** A sentence with its bold parts told apart, for a template to set. */
export type Run = { readonly text: string; readonly bold: boolean }

/** The sentence for `key`, as plain text. Plural entries need `n`; `{n}` is grouped by the language. */
export const say = <K extends StringKey>(
  language: Language<K>,
  key: NoInfer<K>,
  values: Values = {},
): string => fill(language, key, values).replaceAll('*', '')

/** The sentence for `key`, cut where bold begins and ends. */
export const sayRuns = <K extends StringKey>(
  language: Language<K>,
  key: NoInfer<K>,
  values: Values = {},
): readonly Run[] =>
  fill(language, key, values)
    .split('*')
    .map((text, index) => ({ text, bold: index % 2 === 1 }))
    .filter((run) => run.text !== '')

const fill = <K extends StringKey>(language: Language<K>, key: K, values: Values): string => {
  // The later words may still be on their way.
  const entry: string | Plural = language.words[key] ?? ''
  const form = typeof entry === 'string' ? entry : formOf(language.tag, entry, Number(values.n))
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number'
      ? value.toLocaleString(language.tag)
      : value.replaceAll('*', '')
  })
}

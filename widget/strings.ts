import { english } from './strings.en.ts'

type Plural = { readonly one: string; readonly other: string }
export type StringKey = keyof typeof english
export type Strings = { readonly [K in StringKey]: string | Plural }
export type Values = Readonly<Record<string, string | number>>

/** A language: its table, and the BCP 47 tag by which numbers, dates and plurals are formed. */
export type Language = { readonly tag: string; readonly strings: Strings }

/** `en-GB` writes US$ where the currency matters, and 24 hours. */
export const ENGLISH: Language = { tag: 'en-GB', strings: english }

/** A sentence with its bold parts told apart, for a template to set. */
export type Run = { readonly text: string; readonly bold: boolean }

/** The sentence for `key`, as plain text. Plural entries need `n`; `{n}` is grouped by the language. */
export const say = (language: Language, key: StringKey, values: Values = {}): string =>
  fill(language, key, values).replaceAll('*', '')

/** The sentence for `key`, cut where bold begins and ends. */
export const sayRuns = (language: Language, key: StringKey, values: Values = {}): readonly Run[] =>
  fill(language, key, values)
    .split('*')
    .map((text, index) => ({ text, bold: index % 2 === 1 }))
    .filter((run) => run.text !== '')

const fill = (language: Language, key: StringKey, values: Values): string => {
  const entry = language.strings[key]
  const form = typeof entry === 'string' ? entry : choose(language, entry, Number(values['n']))
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number' ? value.toLocaleString(language.tag) : value.replaceAll('*', '')
  })
}

const choose = (language: Language, entry: Plural, n: number): string =>
  new Intl.PluralRules(language.tag).select(n) === 'one' ? entry.one : entry.other

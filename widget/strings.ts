import type { english } from './strings.en.ts'

type Plural = { readonly one: string; readonly other: string }
export type StringKey = keyof typeof english
export type Strings = { readonly [K in StringKey]: string | Plural }
export type Values = Readonly<Record<string, string | number>>

/**
 * A language: its table, and the BCP 47 tag by which numbers, dates and plurals are formed. The
 * button comes with the keys that it needs, its panel with all of them.
 */
export type Language<K extends StringKey = StringKey> = {
  readonly tag: string
  /** The direction of its script: the panel reads so on any page. */
  readonly direction: 'ltr' | 'rtl'
  readonly strings: Pick<Strings, K>
}

/** `en-GB` writes US$ where the currency matters, and 24 hours. */
export const ENGLISH_TAG = 'en-GB'

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
  const entry: string | Plural = language.strings[key]
  const form = typeof entry === 'string' ? entry : choose(language, entry, Number(values.n))
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number'
      ? value.toLocaleString(language.tag)
      : value.replaceAll('*', '')
  })
}

const choose = (language: { readonly tag: string }, entry: Plural, n: number): string =>
  new Intl.PluralRules(language.tag).select(n) === 'one' ? entry.one : entry.other

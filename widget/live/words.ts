import type { WordsOf } from '@offset-button/contract/words/language'
import type { Tongue } from '../languages/nearest.ts'
import { formOf } from '../languages/plural.ts'

/** Tonnes as each language writes them beside a number. */
export const TONNES: WordsOf<'short'> = {
  en: { short: '{n}\u202ft' },
  fr: { short: '{n}\u202ft' },
  es: { short: '{n}\u202ft' },
  de: { short: '{n}\u202ft' },
  pt: { short: '{n}\u202ft' },
  ar: {
    short: {
      one: 'طن واحد',
      two: 'طنان',
      few: '{n}\u202fأطنان',
      many: '{n}\u202fطنًا',
      other: '{n}\u202fطن',
    },
  },
  zh: { short: '{n}\u202f吨' },
  hi: { short: '{n}\u202fटन' },
}

/** A sentence in a tongue. Plurals go by `n`; numbers are grouped as the language does. */
export function sayIn<Key extends string>(
  words: WordsOf<Key>,
  { code, tag }: Tongue,
  key: NoInfer<Key>,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const entry = words[code][key]
  const form = typeof entry === 'string' ? entry : formOf(tag, entry, Number(values.n))
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number' ? value.toLocaleString(tag) : value
  })
}

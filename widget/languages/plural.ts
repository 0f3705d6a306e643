import type { Plural } from '@offset-button/contract/words/language'

/** The form that the language's rules choose for `n`. */
export const formOf = (tag: string, forms: Plural, n: number): string =>
  forms[new Intl.PluralRules(tag).select(n)] ?? forms.other

/** The forms of a sentence with a number, by the language's own categories. */
export type Plural = { readonly other: string } & Partial<
  Readonly<Record<Intl.LDMLPluralRule, string>>
>

/** The form that the language's rules choose for `n`. */
export const formOf = (tag: string, forms: Plural, n: number): string =>
  forms[new Intl.PluralRules(tag).select(n)] ?? forms.other

import type { LanguageCode } from '@offset-button/contract/words/language'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'

/** Who reads a page: in which language, and how its links and forms keep to it without a cookie. */
export type Reader = {
  readonly language: Language
  /** True: the browser alone would not ask for this language, or the address names it; what the page leads to names it too. */
  readonly isKept: boolean
  /** Path and query of this page, to be asked for again in another language. */
  readonly here: string
}

/** An address of ours that keeps to the reader's language. */
export const linkTo = ({ isKept, language }: Reader, address: string): string =>
  isKept ? inLanguage(address, language.code) : address

/** The same address in a language; whatever it named before. */
export function inLanguage(address: string, code: LanguageCode): string {
  const [path = '', query = ''] = address.split('?')
  const search = new URLSearchParams(query)
  search.set('lang', code)
  return `${path}?${search}`
}

/** What a form that asks for a page sends along, so that the page keeps to the reader's language. */
export const languageField = ({ isKept, language }: Reader): Html | false =>
  isKept && html`<input type="hidden" name="lang" value="${language.code}">`

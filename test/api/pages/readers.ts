import type { LanguageCode } from '@offset-button/contract/words/language'
import { languageOf } from '../../../api/pages/language.ts'
import type { Reader } from '../../../api/pages/reader.ts'

/** Somebody who reads a page in a language, by the wish of their browser unless its address names it. */
export const readerOf = (code: LanguageCode, changes: Partial<Reader> = {}): Reader => ({
  language: languageOf(code),
  isKept: false,
  here: '/',
  ...changes,
})

export const ENGLISH = readerOf('en')

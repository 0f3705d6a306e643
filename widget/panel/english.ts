import { english } from '../strings.en.ts'
import { ENGLISH_TAG, type Language } from '../strings.ts'

/** The panel's language: all of the table. */
export const ENGLISH: Language = { tag: ENGLISH_TAG, direction: 'ltr', strings: english }

import { PROBLEMS } from '@offset-button/contract'
import { words as ar } from './languages/ar.ts'
import { words as arButton } from './languages/button/ar.ts'
import { words as deButton } from './languages/button/de.ts'
import { words as enButton } from './languages/button/en.ts'
import { words as esButton } from './languages/button/es.ts'
import { words as frButton } from './languages/button/fr.ts'
import { words as hiButton } from './languages/button/hi.ts'
import { words as ptButton } from './languages/button/pt.ts'
import { words as zhButton } from './languages/button/zh.ts'
import { words as de } from './languages/de.ts'
import { words as en } from './languages/en.ts'
import { words as es } from './languages/es.ts'
import { words as fr } from './languages/fr.ts'
import { words as hi } from './languages/hi.ts'
import { problems as arProblems } from './languages/problems/ar.ts'
import { problems as deProblems } from './languages/problems/de.ts'
import { problems as esProblems } from './languages/problems/es.ts'
import { problems as frProblems } from './languages/problems/fr.ts'
import { problems as hiProblems } from './languages/problems/hi.ts'
import { problems as ptProblems } from './languages/problems/pt.ts'
import { problems as zhProblems } from './languages/problems/zh.ts'
import { words as pt } from './languages/pt.ts'
import { words as zh } from './languages/zh.ts'
import type { ProblemWords, Words } from './words.ts'

type Catalogue = {
  /** The language's own name. */
  readonly name: string
  /** The BCP 47 tag by which numbers, dates and plurals are formed, in European digits: they are typed here too. */
  readonly tag: string
  readonly direction: 'ltr' | 'rtl'
  readonly words: Words
  readonly problems: ProblemWords
}

/** The languages of the hosted pages, which are the button's. */
export const CATALOGUES = {
  en: catalogue('English', 'en-GB', { ...en, ...enButton }, PROBLEMS),
  fr: catalogue('Français', 'fr', { ...fr, ...frButton }, frProblems),
  es: catalogue('Español', 'es', { ...es, ...esButton }, esProblems),
  de: catalogue('Deutsch', 'de', { ...de, ...deButton }, deProblems),
  pt: catalogue('Português', 'pt', { ...pt, ...ptButton }, ptProblems),
  ar: catalogue('العربية', 'ar-u-nu-latn', { ...ar, ...arButton }, arProblems, 'rtl'),
  zh: catalogue('中文', 'zh', { ...zh, ...zhButton }, zhProblems),
  hi: catalogue('हिन्दी', 'hi-u-nu-latn', { ...hi, ...hiButton }, hiProblems),
} as const
export type LanguageCode = keyof typeof CATALOGUES
export const LANGUAGES = Object.keys(CATALOGUES) as readonly LanguageCode[]

function catalogue(
  name: string,
  tag: string,
  words: Words,
  problems: ProblemWords,
  direction: Catalogue['direction'] = 'ltr',
): Catalogue {
  return { name, tag, direction, words, problems }
}

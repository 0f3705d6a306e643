import { PROBLEMS } from '@offset-button/contract'
import { BUTTON_WORDS } from '@offset-button/contract/words/button'
import type { LanguageCode } from '@offset-button/contract/words/language'
import { MARKET_WORDS } from '@offset-button/contract/words/market'
import { words as ar } from './languages/ar.ts'
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
import type { MarketWords, OwnWords, ProblemWords, Words } from './words.ts'

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
export const CATALOGUES: Readonly<Record<LanguageCode, Catalogue>> = {
  en: catalogue('en', 'English', 'en-GB', en, PROBLEMS),
  fr: catalogue('fr', 'Français', 'fr', fr, frProblems),
  es: catalogue('es', 'Español', 'es', es, esProblems),
  de: catalogue('de', 'Deutsch', 'de', de, deProblems),
  pt: catalogue('pt', 'Português', 'pt', pt, ptProblems),
  ar: catalogue('ar', 'العربية', 'ar-u-nu-latn', ar, arProblems, 'rtl'),
  zh: catalogue('zh', '中文', 'zh', zh, zhProblems),
  hi: catalogue('hi', 'हिन्दी', 'hi-u-nu-latn', hi, hiProblems),
}

function catalogue(
  code: LanguageCode,
  name: string,
  tag: string,
  own: OwnWords,
  problems: ProblemWords,
  direction: Catalogue['direction'] = 'ltr',
): Catalogue {
  const words = { ...BUTTON_WORDS[code], ...marketWords(code), ...own }
  return { name, tag, direction, words, problems }
}

function marketWords(code: LanguageCode): MarketWords {
  const entries = Object.entries(MARKET_WORDS[code])
  return Object.fromEntries(entries.map(([key, word]) => [`market.${key}`, word])) as MarketWords
}

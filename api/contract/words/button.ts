import { words as arRest } from './ar.rest.ts'
import { words as ar } from './ar.ts'
import { words as deRest } from './de.rest.ts'
import { words as de } from './de.ts'
import { words as enRest } from './en.rest.ts'
import { words as en } from './en.ts'
import { words as esRest } from './es.rest.ts'
import { words as es } from './es.ts'
import { words as frRest } from './fr.rest.ts'
import { words as fr } from './fr.ts'
import { words as hiRest } from './hi.rest.ts'
import { words as hi } from './hi.ts'
import type { FirstKey, LanguageCode, RestKey, Words } from './language.ts'
import { words as ptRest } from './pt.rest.ts'
import { words as pt } from './pt.ts'
import { words as zhRest } from './zh.rest.ts'
import { words as zh } from './zh.ts'

/** All that the button says, in every language: for whoever needs no small files. */
export const BUTTON_WORDS: Readonly<Record<LanguageCode, Words<FirstKey | RestKey>>> = {
  en: { ...en, ...enRest },
  fr: { ...fr, ...frRest },
  es: { ...es, ...esRest },
  de: { ...de, ...deRest },
  pt: { ...pt, ...ptRest },
  ar: { ...ar, ...arRest },
  zh: { ...zh, ...zhRest },
  hi: { ...hi, ...hiRest },
}

import type { LanguageCode } from '@offset-button/contract/words/language'
import { verified } from './load-chunk.ts'

// The build writes the files and their hashes where %sri:…% stands, and the hashed names into the imports.
// Imports stand alone here: tsc rewrites their extensions only in a file that it otherwise leaves as it is.

/** The panel, up to the first quote. */
export const loadPanel = () => verified('%sri:panel/panel%', () => import('./panel/panel.ts'))

/** All attributes, and what is wrong with them: for a page that uses more than the plain ones, or has a fault. */
export const loadSettings = () => verified('%sri:settings%', () => import('./settings.ts'))

const FILES = {
  en: () => verified('%sri:languages/en%', () => import('./languages/en.ts')),
  fr: () => verified('%sri:languages/fr%', () => import('./languages/fr.ts')),
  es: () => verified('%sri:languages/es%', () => import('./languages/es.ts')),
  de: () => verified('%sri:languages/de%', () => import('./languages/de.ts')),
  pt: () => verified('%sri:languages/pt%', () => import('./languages/pt.ts')),
  ar: () => verified('%sri:languages/ar%', () => import('./languages/ar.ts')),
  zh: () => verified('%sri:languages/zh%', () => import('./languages/zh.ts')),
  hi: () => verified('%sri:languages/hi%', () => import('./languages/hi.ts')),
} satisfies Record<LanguageCode, () => Promise<unknown>>

/** The words of a language up to the first price. */
export const loadWords = (code: LanguageCode) => FILES[code]()

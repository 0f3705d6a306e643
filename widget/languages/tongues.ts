import type { Verified } from '../load-chunk.ts'
import type { LanguageCode } from './labels.ts'

/** The words up to the first quote, a file a language. */
export const wordsOf = (verified: Verified) =>
  ({
    en: () => verified('%sri:languages/en%', () => import('./en.ts')),
    fr: () => verified('%sri:languages/fr%', () => import('./fr.ts')),
    es: () => verified('%sri:languages/es%', () => import('./es.ts')),
    de: () => verified('%sri:languages/de%', () => import('./de.ts')),
    pt: () => verified('%sri:languages/pt%', () => import('./pt.ts')),
    ar: () => verified('%sri:languages/ar%', () => import('./ar.ts')),
    zh: () => verified('%sri:languages/zh%', () => import('./zh.ts')),
    hi: () => verified('%sri:languages/hi%', () => import('./hi.ts')),
  }) satisfies Record<LanguageCode, () => Promise<unknown>>

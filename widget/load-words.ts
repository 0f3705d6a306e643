import { loadTongues } from './chunks.ts'
import type { LanguageCode } from './languages/labels.ts'
import { verified } from './load-chunk.ts'

/** The words of a language up to the first price. */
export const loadWords = async (code: LanguageCode) => {
  const { wordsOf } = await loadTongues()
  return wordsOf(verified)[code]()
}

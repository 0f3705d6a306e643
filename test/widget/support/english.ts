import { words as first } from '@offset-button/contract/words/en'
import { words as rest } from '@offset-button/contract/words/en.rest'
import { createFormat } from '../../../widget/format.ts'
import { createLaterFormat } from '../../../widget/format-later.ts'
import { type Language, say } from '../../../widget/strings.ts'

/** English as the panel speaks it, with all of its words. */
export const ENGLISH: Language = {
  tag: 'en-GB',
  direction: 'ltr',
  words: { ...first, ...rest },
}

/** Numbers, money and times in English. */
export const ENGLISH_FORMAT = {
  ...createFormat(ENGLISH.tag, (n) => say(ENGLISH, 'tonnes.short', { n })),
  ...createLaterFormat(ENGLISH.tag),
}

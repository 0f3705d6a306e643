import { LANGUAGES, type LanguageCode } from '@offset-button/contract/words/language'
import { CATALOGUES } from '../../../api/pages/catalogues.ts'

/**
 * The English sentences that a page in another language still says: of its text without what is marked as English, such as
 * titles of projects. Pages in English have none.
 */
export function englishIn(markup: string, code: LanguageCode): readonly string[] {
  if (code === 'en') return []
  const plain = markup
    .replaceAll(/<bdi lang="en"[^>]*>.*?<\/bdi>/gs, '')
    .replaceAll(/<(?:style|script).*?<\/(?:style|script)>/gs, '')
  const spoken = / (?:aria-label|data-(?:copied|declined|selected|unloaded))="([^"]*)"/g
  const seen = [
    plain.replaceAll(/<[^>]*>/g, '\n'),
    ...[...plain.matchAll(spoken)].map(([, words]) => words),
  ].join('\n')
  return FOREIGN[code].filter((sentence) => seen.includes(sentence))
}

/** What a template says between the names to fill in, where it is long enough not to be met by chance. */
const wordsOf = (code: LanguageCode): readonly string[] => {
  const { words, problems } = CATALOGUES[code]
  const entries = [...Object.values(words), ...Object.values(problems).flatMap(Object.values)]
  return entries
    .flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values<string>(entry)))
    .flatMap((form) => form.split(/\{\w+\}|\*/))
    .map((part) => part.trim())
    .filter((part) => part.length > 7)
}

/** What English says and the language does not say as well. */
const foreignTo = (code: LanguageCode): readonly string[] => {
  const said = wordsOf(code).join('\n')
  return [...new Set(wordsOf('en'))].filter((sentence) => !said.includes(sentence))
}

const FOREIGN = Object.fromEntries(LANGUAGES.map((code) => [code, foreignTo(code)])) as Readonly<
  Record<LanguageCode, readonly string[]>
>

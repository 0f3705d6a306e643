import type { ProjectSummary, Technology } from '@offset-button/contract'
import { LANGUAGES, type LanguageCode, type Plural } from '@offset-button/contract/words/language'
import { CATALOGUES } from './catalogues.ts'
import { createFormat } from './format.ts'
import { type Html, type HtmlValue, html } from './html.ts'
import type { WordKey } from './words.ts'

/** What stands for the names in braces; numbers are written as the language does, and `n` chooses the form. */
type Values = Readonly<Record<string, string | number>>
type HtmlValues = Readonly<Record<string, HtmlValue>>

/** A language as a page speaks it: sentences, numbers, money, days and names. */
export type Language = ReturnType<typeof createLanguage>

/** The language of a code. */
export function languageOf(code: LanguageCode): Language {
  const known = languages.get(code) ?? createLanguage(code)
  languages.set(code, known)
  return known
}

const languages = new Map<LanguageCode, Language>()

/** The code of a BCP 47 tag such as `fr-CA`; null where it is none of ours. */
export const codeOfTag = (tag: string): LanguageCode | null =>
  LANGUAGES.find((code) => code === tag.trim().toLowerCase().split(/[-_]/)[0]) ?? null

function createLanguage(code: LanguageCode) {
  const { direction, name, problems, tag, words } = CATALOGUES[code]
  const isRightToLeft = direction === 'rtl'
  const format = createFormat(tag)
  const rules = new Intl.PluralRules(tag)
  // Money reads from left to right in any script: whole, wherever it is put.
  const whole = (money: string) =>
    isRightToLeft ? `\u2066${money.replace(/[\u200e\u200f]/g, '')}\u2069` : money

  const templateOf = (key: WordKey, n: unknown): string => {
    const entry: string | Plural = words[key]
    return typeof entry === 'string' ? entry : (entry[rules.select(Number(n))] ?? entry.other)
  }
  const textOf = (value: string | number | undefined): string => {
    if (typeof value === 'number') return format.count(value)
    // In a script from right to left, what is put in keeps its own order and lends none to its neighbours.
    return isRightToLeft ? `\u2068${value ?? ''}\u2069` : (value ?? '')
  }

  /** The sentence for a key as plain text. */
  const say = (key: WordKey, values: Values = {}): string =>
    templateOf(key, values.n)
      .replaceAll('*', '')
      .replace(/\{(\w+)\}/g, (_, field: string) => textOf(values[field]))

  /** The sentence with its bold words set, and markup where markup is put in. */
  const rich = (key: WordKey, values: HtmlValues = {}): Html => {
    const parts = templateOf(key, values.n).split('*')
    return html`${parts.map((part, index) => {
      const pieces = part.split(/\{(\w+)\}/).map((piece, at) => {
        const value = at % 2 === 0 ? piece : values[piece]
        const isText = at % 2 === 1 && (typeof value === 'string' || typeof value === 'number')
        return isText ? textOf(value) : value
      })
      return index % 2 === 0 ? pieces : html`<b>${pieces}</b>`
    })}`
  }

  const technology = (which: Technology): string => say(`technology.${which}`)
  return {
    ...format,
    money: (minor: number): string => whole(format.money(minor)),
    total: (minor: number): string => whole(format.total(minor)),
    code,
    name,
    direction,
    say,
    rich,
    /** What happened and what next, for the code of a refusal. */
    problem: (refusal: keyof typeof problems) => problems[refusal],
    /** 3120 → "3,120 t". */
    tonnes: (n: number): string => say('tonnes.short', { n }),
    /** 12 → "12 credits". */
    credits: (n: number): string => say('order.credits', { n }),
    technology,
    /** "Uganda, hydro, 2014, project 3017": what stands under a project's title. */
    project: (project: ProjectSummary, vintage: number): string =>
      say('project.text', {
        host: format.country(project.host),
        technology: technology(project.technology),
        year: String(vintage),
        reference: project.reference,
      }),
    /** The same word as it begins a line. */
    capital: (word: string): string => word.charAt(0).toLocaleUpperCase(tag) + word.slice(1),
  } as const
}

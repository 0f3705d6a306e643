import type { Filter } from '@offset-button/contract'
import type { Format } from './format.ts'
import { type Language, type StringKey, say } from './strings.ts'

/** `Kenya or Uganda; hydro or solar; 2013–2020`, or null where the filter lets everything through. */
export const describeFilter = (
  language: Language,
  format: Format,
  filter: Filter,
): string | null => {
  const either = new Intl.ListFormat(language.tag, { type: 'disjunction' })
  const parts: string[] = []
  if (filter.project) parts.push(either.format(filter.project))
  if (filter.host) parts.push(either.format(filter.host.map((code) => format.host(code))))
  if (filter.technology)
    parts.push(
      either.format(filter.technology.map((it) => say(language, `technology.${it}` as StringKey))),
    )
  if (filter.vintage) parts.push(yearsOf(filter.vintage))
  return parts.length === 0 ? null : parts.join('; ')
}

const yearsOf = ({ from, to }: { from: number; to: number }) =>
  from === to ? String(from) : `${from}\u2060–\u2060${to}`

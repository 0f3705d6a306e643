import { type Attributes, readAttributes, type Settings } from './attributes.ts'
import type { ErrorDetail } from './events.ts'
import type { BadLooks } from './looks.ts'
import { LOOKS } from './properties.ts'

type Host = HTMLElement & { report(trouble: ErrorDetail): void }

const told = new WeakMap<Host, string>()

/**
 * Reads all attributes, and tells what is wrong with them, and with the looks that CSS could not
 * read, by a warning and an event. The same faults are told once.
 */
export const settingsOf = (
  host: Host,
  attributes: Attributes,
  badLooks: BadLooks,
  baseApi: string,
): Settings => {
  const settings = readAttributes(attributes, baseApi)
  const messages = [
    ...settings.faults.map((it) => messageOf(it.attribute, it.value, it.expected)),
    ...badLooks.map(([name, value]) => messageOf(name, value, `a CSS ${LOOKS[name]}`)),
  ]
  if (told.get(host) === messages.join()) return settings
  told.set(host, messages.join())
  for (const message of messages) {
    console.warn(message)
    host.report({ code: 'invalid_attribute', retryable: false, message })
  }
  return settings
}

const messageOf = (attribute: string, value: string, expected: string) =>
  `<offset-button> ${attribute}="${value}": expected ${expected}.`

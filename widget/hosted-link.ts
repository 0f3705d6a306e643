import { make } from './button-face.ts'
import type { Face } from './face.ts'
import { LABELS } from './languages/labels.ts'
import type { Tongue } from './languages/nearest.ts'

/**
 * Puts a link to the hosted page into the slot, which shows it where the element has no link of its page's own. Only for a
 * sale that no attribute narrows: it would widen it.
 */
export const fillLink = (
  slot: HTMLSlotElement,
  { api, budgetMinor, key, tonnes }: Face,
  { code }: Tongue,
): void => {
  const link = make('a')
  const amount = budgetMinor ? `budget=${budgetMinor / 100}` : `tonnes=${tonnes}`
  link.href = `${api}/buy?key=${key}&lang=${code}&${amount}`
  link.textContent = `${LABELS[code].any} (${link.host})`
  // What is in a slot is shown where the page has nothing of that name, not even white space.
  slot.name = 'a'
  slot.replaceChildren(link)
}

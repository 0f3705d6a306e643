import type { Face } from './face.ts'
import { LABELS } from './languages/labels.ts'
import type { Tongue } from './languages/nearest.ts'
import { formOf } from './languages/plural.ts'

/** What the panel has learnt and the button shows; all null before anybody has shown interest. */
export type News = {
  /** The live price, longest form first; the first that fits its place is shown. */
  readonly prices: readonly string[]
  /** The word for test payments, where payments are such. */
  readonly test: string | null
  /** A word for why nothing can be bought now; null where it can. */
  readonly closed: string | null
}
export const NO_NEWS: News = { prices: [], test: null, closed: null }

/**
 * The button: mark, label, price. Nothing that is learnt later changes its size: the price has its
 * place from the beginning, and TEST sits on the edge.
 */
export class ButtonFace {
  readonly button = make('button', 'button')
  readonly #label = make('span', 'label')
  readonly #price = make('span', 'price')
  readonly #ask = make('span')
  readonly #amount = make('bdi')
  readonly #badge = make('span', 'badge')
  readonly #mark = make('span', 'mark')

  constructor() {
    this.button.type = 'button'
    this.button.ariaHasPopup = 'dialog'
    this.#amount.dir = 'ltr'
    this.#price.append(this.#ask, this.#amount)
    this.button.append(this.#mark, this.#label, this.#price, this.#badge)
  }

  /** Draws what the attributes ask for, what has been learnt, and what is said of an order, if any. */
  draw(face: Face, tongue: Tongue, news: News, orderLabel: string): void {
    const { appearance, size, tonnes } = face
    const plain = appearance === 'plain'
    const digits = String((tonnes ?? 0) * 10).length
    const place = 6.4 + digits + Math.floor((digits - 1) / 3) * 0.5
    const price = news.closed ?? news.prices.find((it) => it.length <= Math.ceil(place) + 1)
    this.button.className = `button ${appearance} ${size}`
    this.button.lang = tongue.tag
    this.button.dir = tongue.direction
    this.#mark.hidden = plain
    this.#label.textContent = orderLabel || labelOf(face, tongue)
    this.#price.hidden =
      plain || size === 's' || orderLabel !== '' || tonnes === null || face.budgetMinor !== null
    this.#price.style.setProperty('--_n', `${place}ch`)
    this.#ask.textContent = LABELS[tongue.code].price
    this.#ask.ariaHidden = price === undefined ? null : 'true'
    this.#ask.style.visibility = price === undefined ? '' : 'hidden'
    this.#amount.textContent = price ?? ''
    this.#badge.hidden = news.test === null || plain
    this.#badge.textContent = news.test
  }
}

const labelOf = ({ budgetMinor, tonnes }: Face, { code, tag }: Tongue): string => {
  const words = LABELS[code]
  if (budgetMinor !== null) {
    const money = { style: 'currency', currency: 'USD' } as const
    return words.budget.replace('{total}', (budgetMinor / 100).toLocaleString(tag, money))
  }
  if (tonnes === null) return words.any
  return formOf(tag, words.offset, tonnes).replace('{n}', tonnes.toLocaleString(tag))
}

/** An element whose class is also its part. */
const make = <K extends keyof HTMLElementTagNameMap>(name: K, part = '') => {
  const element = document.createElement(name)
  element.className = part
  if (part) element.setAttribute('part', part)
  return element
}

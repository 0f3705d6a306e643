import type { Settings } from './attributes.ts'
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

export type FaceState = {
  readonly settings: Settings
  readonly tongue: Tongue
  readonly news: News
  readonly hasOpenOrder: boolean
  /** Tonnes of this visitor's order that has its certificate. */
  readonly doneTonnes: number | null
  readonly isLoading: boolean
  readonly isOpen: boolean
}

/**
 * The button: mark, label, price. Nothing that is learnt later changes its size: the price has its
 * place from the beginning, and TEST sits on the edge.
 */
export class ButtonFace {
  readonly button = make('button', 'button', 'button')
  readonly #label = make('span', 'label', 'label')
  readonly #price = make('span', 'price', 'price')
  readonly #ask = make('span')
  readonly #amount = make('bdi')
  readonly #badge = make('span', 'badge', 'badge')
  readonly #mark = drawMark()

  constructor() {
    this.button.type = 'button'
    this.button.ariaHasPopup = 'dialog'
    this.#amount.dir = 'ltr'
    this.#price.append(this.#ask, this.#amount)
    this.button.append(this.#mark, this.#label, this.#price, this.#badge)
  }

  draw(state: FaceState): void {
    const { settings, tongue, news } = state
    const { appearance, size } = settings
    const words = LABELS[tongue.code]
    const isOffered = !state.hasOpenOrder && state.doneTonnes === null
    const plain = appearance === 'plain'
    const digits = String((settings.tonnes ?? 0) * 10).length
    const place = 6.4 + digits + Math.floor((digits - 1) / 3) * 0.5
    const price = news.closed ?? news.prices.find((it) => it.length <= Math.ceil(place) + 1)
    this.button.className = [
      'button',
      appearance,
      size,
      isOffered && news.closed !== null && 'closed',
      state.doneTonnes !== null && appearance === 'solid' && 'done',
      state.isLoading && 'loading',
    ]
      .filter(Boolean)
      .join(' ')
    this.button.lang = tongue.tag
    this.button.dir = tongue.direction
    this.button.ariaExpanded = String(state.isOpen)
    this.button.ariaBusy = String(state.isLoading)
    this.#mark.style.display = plain ? 'none' : ''
    this.#label.textContent = labelOf(state)
    this.#price.hidden =
      plain ||
      size === 's' ||
      !isOffered ||
      settings.tonnes === null ||
      settings.budgetMinor !== null
    this.#price.style.setProperty('--_n', `${place}ch`)
    this.#ask.textContent = words.price
    this.#ask.ariaHidden = price === undefined ? null : 'true'
    this.#ask.style.visibility = price === undefined ? '' : 'hidden'
    this.#amount.textContent = price ?? ''
    this.#badge.hidden = news.test === null || plain
    this.#badge.textContent = news.test
  }
}

const labelOf = ({ settings, tongue, doneTonnes, hasOpenOrder }: FaceState): string => {
  const words = LABELS[tongue.code]
  const withTonnes = (forms: (typeof words)['done'], n: number) =>
    formOf(tongue.tag, forms, n).replace('{n}', count(tongue, n))
  if (doneTonnes !== null) return withTonnes(words.done, doneTonnes)
  if (hasOpenOrder) return words.order
  if (settings.budgetMinor === null)
    return settings.tonnes === null ? words.any : withTonnes(words.offset, settings.tonnes)
  const money = { style: 'currency', currency: 'USD' } as const
  const total = new Intl.NumberFormat(tongue.tag, money).format(settings.budgetMinor / 100)
  return words.budget.replace('{total}', total)
}

const count = ({ tag }: Tongue, n: number) => n.toLocaleString(tag)

const make = <K extends keyof HTMLElementTagNameMap>(name: K, kind = '', part = '') => {
  const element = document.createElement(name)
  if (kind) element.className = kind
  if (part) element.setAttribute('part', part)
  return element
}

const SLIP =
  'M2.5 1h15A1.5 1.5 0 0 1 19 2.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 1 10.5v-8A1.5 1.5 0 0 1 2.5 1Zm10.7 2.4a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2Z'
const CHAD = 'M13.2 13.2a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2Z'

/** The mark: a slip with a hole, and the chad that fell from it. */
const drawMark = (): SVGElement => {
  const draw = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    return element
  }
  const mark = draw('svg', { class: 'mark', viewBox: '0 0 20 20', 'aria-hidden': 'true' })
  mark.append(
    draw('path', { 'fill-rule': 'evenodd', d: SLIP }),
    draw('path', { class: 'chad', d: CHAD }),
  )
  return mark
}

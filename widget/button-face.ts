import type { Face } from './face.ts'
import { LABELS } from './languages/labels.ts'
import type { Tongue } from './languages/nearest.ts'
import { formOf } from './languages/plural.ts'

/** What the panel has learnt and the button shows. */
export type News = {
  /** The live price, or a word for why nothing can be bought now; null before anybody has shown interest. */
  readonly price: string | null
  /** Payments are test payments. */
  readonly isTest: boolean
  /** Nothing can be bought now. */
  readonly isClosed: boolean
}
export const NO_NEWS: News = { price: null, isTest: false, isClosed: false }

/** The place of the price for so many tonnes, in digits. */
export const placeOf = (tonnes: number | null): number => {
  const digits = String((tonnes ?? 0) * 10).length
  return 6.4 + digits + Math.floor((digits - 1) / 3) * 0.5
}

/**
 * The button: mark, label, price. Nothing that is learnt later changes its size: the price has its
 * place from the beginning, and TEST sits on the edge: the panel brings it.
 */
export const createButtonFace = () => {
  const button = make('button', 'button')
  const label = make('span', 'label')
  const price = make('span', 'price')
  const ask = make('span')
  const amount = make('bdi')
  const mark = make('span', 'mark')
  button.type = 'button'
  button.ariaHasPopup = 'dialog'
  amount.dir = 'ltr'
  price.append(ask, amount)
  button.append(mark, label, price)

  return {
    button,
    /** Draws what the attributes ask for, what has been learnt, and what is said of an order, if any. */
    draw(face: Face, tongue: Tongue, news: News, orderLabel: string): void {
      const { appearance, size, tonnes } = face
      const plain = appearance === 'plain'
      button.className = `button ${appearance} ${size}`
      button.lang = tongue.tag
      button.dir = tongue.direction
      mark.hidden = plain
      label.textContent = orderLabel || labelOf(face, tongue)
      price.hidden =
        plain || size === 's' || orderLabel !== '' || tonnes === null || face.budgetMinor !== null
      price.style.setProperty('--_n', `${placeOf(tonnes)}ch`)
      ask.textContent = LABELS[tongue.code].price
      ask.style.visibility = news.price ? 'hidden' : ''
      amount.textContent = news.price
    },
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
export const make = <K extends keyof HTMLElementTagNameMap>(name: K, part = '') => {
  const element = document.createElement(name)
  element.className = part
  if (part) element.setAttribute('part', part)
  return element
}

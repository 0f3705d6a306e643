import {
  type FilterQuery,
  MAX_ORDER_TONNES,
  type Quote,
  type QuoteRequest,
} from '@offset-button/contract'
import { readFilterQuery } from '../market/attributes.ts'
import { type Html, html } from './html.ts'
import type { Language } from './language.ts'
import { type RawQuery, readFilterNames, writeFilterNames } from './market-query.ts'

/**
 * What a buyer has chosen, as typed. It travels in the address and in hidden fields, so that nothing has to be kept between
 * two pages, and an address opens the same choice anywhere.
 */
export type Choice = {
  /** The publishable key of the website that led here; empty: these pages' own. */
  readonly key: string
  readonly by: 'tonnes' | 'budget'
  readonly tonnes: string
  /** Dollars, fees included. */
  readonly budget: string
  /** The most for one tonne in dollars; empty: no limit. */
  readonly maxPrice: string
  readonly filter: FilterQuery
  readonly beneficiary: string
  readonly purpose: string
}

/** What is wrong with a field, in a sentence. */
export type Faults = {
  readonly [field in 'tonnes' | 'budget' | 'maxPrice']?: string
}

export const MOST_BENEFICIARY = 120
export const MOST_PURPOSE = 240
const MOST_TEXT = 400
const MOST_DOLLARS = 1_000_000_000

/** Reads an address or a form; what it does not name is empty. A budget alone is meant as one. */
export function readChoice(query: RawQuery): Choice {
  const text = (name: string) => ([query[name]].flat()[0] ?? '').trim().slice(0, MOST_TEXT)
  const budget = text('budget')
  const isBudget =
    text('by') === 'budget' || (text('by') === '' && budget !== '' && !text('tonnes'))
  return {
    key: text('key'),
    by: isBudget ? 'budget' : 'tonnes',
    tonnes: text('tonnes'),
    budget,
    maxPrice: text('max_price'),
    filter: readFilterNames(query),
    beneficiary: text('beneficiary'),
    purpose: text('purpose'),
  }
}

/** The address of a page of the purchase with this choice. */
export function choicePath(path: '/buy' | '/buy/quote', choice: Choice): string {
  const search = new URLSearchParams(fieldsOf(choice))
  return search.size === 0 ? path : `${path}?${search}`
}

/** The choice as hidden fields of a form, without those that the form has itself. */
export function hiddenFields(choice: Choice, shown: readonly string[]): Html {
  const hidden = fieldsOf(choice).filter(([name]) => !shown.includes(name))
  return html`${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}

/**
 * What to ask the market for, or what is wrong with the fields, as somebody of this language types them and in its words.
 * Refused as unknown_filter where the filter cannot be read.
 */
export function quoteRequestOf(
  language: Language,
  choice: Choice,
): { readonly request: QuoteRequest } | { readonly faults: Faults } {
  const amount =
    choice.by === 'tonnes'
      ? readTonnes(language, choice.tonnes || '1')
      : readDollars(language, choice.budget)
  const limit = choice.maxPrice === '' ? null : readDollars(language, choice.maxPrice)
  const faults: Faults = {
    ...(typeof amount === 'string' && { [choice.by]: amount }),
    ...(typeof limit === 'string' && { maxPrice: limit }),
  }
  if (typeof amount === 'string' || typeof limit === 'string') return { faults }
  return {
    request: {
      ...(choice.by === 'tonnes' ? { quantity_tonnes: amount } : { budget_minor: amount }),
      filter: readFilterQuery(choice.filter),
      ...(limit !== null && { max_price_minor: limit }),
    },
  }
}

/** The choice of so many tonnes, with the rest as it is. */
export const inTonnes = (choice: Choice, tonnes: Quote['quantity_tonnes']): Choice => ({
  ...choice,
  by: 'tonnes',
  tonnes: String(tonnes),
  budget: '',
})

/** Whole tonnes, or what is wrong in a sentence. Nothing is rounded or guessed. */
function readTonnes({ decimal, say }: Language, typed: string): number | string {
  const plain = plainNumber(typed, decimal)
  if (plain === null) return say('typed.unreadable')
  if (plain.includes('.')) return say('typed.fraction')
  const tonnes = Number(plain)
  if (tonnes < 1) return say('typed.zero')
  return tonnes <= MAX_ORDER_TONNES ? tonnes : say('typed.huge')
}

/** Cents, or what is wrong in a sentence. */
function readDollars({ decimal, say }: Language, typed: string): number | string {
  const plain = plainNumber(typed.replace(/^(US)?\$\s*|\s*(US)?\$(US)?$/gi, ''), decimal)
  if (plain === null) return say('typed.money_unreadable')
  const [dollars = '', cents = ''] = plain.split('.')
  if (cents.length > 2) return say('typed.money_fraction')
  const minor = Number(dollars) * 100 + Number(cents.padEnd(2, '0'))
  if (minor === 0) return say('typed.money_zero')
  return minor <= MOST_DOLLARS * 100 ? minor : say('typed.money_huge')
}

/**
 * Digits with at most one decimal point, the groups of three closed up; null where it reads otherwise. Digits may be those of
 * Arabic or Hindi, and where a comma parts dollars and cents, so may a point before one or two digits.
 */
function plainNumber(typed: string, decimal: Language['decimal']): string | null {
  const text = typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
    .replace('\u066b', '.')
    .replaceAll('\u066c', ',')
  const isPlain = decimal === '.' || /^\d+\.\d{1,2}$/.test(text)
  const english = isPlain ? text : text.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'))
  if (/^\d{1,15}(\.\d{1,15})?$/.test(english)) return english
  const isGrouped = /^\d{1,3}([,\s'’]\d{3}){1,4}(\.\d{1,15})?$/.test(english)
  return isGrouped ? english.replace(/[^\d.]/g, '') : null
}

function fieldsOf(choice: Choice): [string, string][] {
  const { key, by, tonnes, budget, maxPrice, filter, beneficiary, purpose } = choice
  const fields: [string, string][] = [
    ['key', key],
    ['by', budget === '' ? '' : by],
    ['tonnes', tonnes],
    ['budget', budget],
    ['max_price', maxPrice],
    ...writeFilterNames(filter),
    ['beneficiary', beneficiary],
    ['purpose', purpose],
  ]
  return fields.filter(([, value]) => value !== '')
}

import type { QuoteRequest } from '@offset-button/contract'
import { readMoney, readTonnes } from './amount.ts'
import type { Settings } from './attributes.ts'
import { filterOf, isFiltered } from './filter-of.ts'
import type { Purchase } from './purchase-state.ts'

type Asked = Pick<Purchase, 'by' | 'typedTonnes' | 'typedBudget' | 'decimal' | 'choice'>
export type Limits = Pick<Settings, 'bounds' | 'maxPriceMinor'>

/** What to ask a price for; null where what was typed is not an amount. */
export const quoteRequestOf = (purchase: Asked, settings: Limits): QuoteRequest | null => {
  const amount =
    purchase.by === 'tonnes'
      ? readTonnes(purchase.typedTonnes, purchase.decimal)
      : readMoney(purchase.typedBudget, purchase.decimal)
  if (amount.kind === 'fault') return null
  return {
    ...(purchase.by === 'tonnes'
      ? { quantity_tonnes: amount.value }
      : { budget_minor: amount.value }),
    ...limitsOf(purchase, settings),
  }
}

/** The filter and the limit a tonne, as every request carries them. */
export const limitsOf = (purchase: Pick<Purchase, 'choice'>, { bounds, maxPriceMinor }: Limits) => {
  const filter = filterOf(bounds, purchase.choice)
  return {
    ...(isFiltered(filter) && { filter }),
    ...(maxPriceMinor !== null && { max_price_minor: maxPriceMinor }),
  }
}

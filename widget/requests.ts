import type { OrderRequest, QuoteRequest } from '@offset-button/contract'
import { readMoney, readTonnes } from './amount.ts'
import type { Settings } from './attributes.ts'
import { filterOf, isFiltered } from './choice.ts'
import type { Purchase } from './purchase-state.ts'

type Asked = Pick<Purchase, 'by' | 'typedTonnes' | 'typedBudget' | 'choice'>
type Bounds = Pick<Settings, 'bounds' | 'maxPriceMinor'>

/** What to ask a price for; null where what was typed is not an amount. */
export const quoteRequestOf = (purchase: Asked, settings: Bounds): QuoteRequest | null => {
  const amount =
    purchase.by === 'tonnes' ? readTonnes(purchase.typedTonnes) : readMoney(purchase.typedBudget)
  if (amount.kind === 'fault') return null
  return {
    ...(purchase.by === 'tonnes'
      ? { quantity_tonnes: amount.value }
      : { budget_minor: amount.value }),
    ...limitsOf(purchase, settings),
  }
}

/** The filter and the limit a tonne, as every request carries them. */
export const limitsOf = (purchase: Pick<Purchase, 'choice'>, { bounds, maxPriceMinor }: Bounds) => {
  const filter = filterOf(bounds, purchase.choice)
  return {
    ...(isFiltered(filter) && { filter }),
    ...(maxPriceMinor !== null && { max_price_minor: maxPriceMinor }),
  }
}

/** The order for the quote on screen, never for more than its total; null without a quote. */
export const orderRequestOf = (
  purchase: Purchase,
  settings: Bounds,
  consent: OrderRequest['consent'],
): OrderRequest | null => {
  const { quote } = purchase
  if (quote === null) return null
  const beneficiary = purchase.beneficiary.trim()
  const purpose = purchase.purpose.trim()
  return {
    quantity_tonnes: quote.quantity_tonnes,
    ...limitsOf(purchase, settings),
    max_total_minor: quote.amounts.total_minor,
    ...(beneficiary !== '' && { beneficiary }),
    ...(purpose !== '' && { purpose }),
    consent,
  }
}

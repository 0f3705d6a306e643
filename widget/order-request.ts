import type { OrderRequest } from '@offset-button/contract'
import type { Purchase } from './purchase-state.ts'
import { type Limits, limitsOf } from './requests.ts'

/** The order for the quote on screen, never for more than its total; null without a quote. */
export const orderRequestOf = (
  purchase: Purchase,
  settings: Limits,
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

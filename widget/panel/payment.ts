import { bankStep } from './bank-step.ts'
import { orderStyles } from './order.css.ts'
import { paymentStep } from './payment-step.ts'
import type { Pages } from './steps.ts'

export { OrderDesk } from './order-desk.ts'
export const pages: Pages = { payment: paymentStep, bank: bankStep }
export const styles: readonly string[] = [orderStyles]

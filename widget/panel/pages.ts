import type { Step } from '../purchase-state.ts'
import { amountStep } from './amount-step.ts'
import { bankStep } from './bank-step.ts'
import { certificateStep } from './certificate-step.ts'
import { filterStep } from './filter-step.ts'
import { paymentStep } from './payment-step.ts'
import { progressStep } from './progress-step.ts'
import { quoteStep } from './quote-step.ts'
import type { Page } from './shell.ts'
import {
  closedStep,
  emptyStep,
  endedStep,
  leftStep,
  loadingStep,
  movedStep,
  smallStep,
} from './trouble-steps.ts'
import type { View } from './view.ts'

/** One page a step. */
export const PAGES: Readonly<Record<Step, (view: View) => Page>> = {
  loading: loadingStep,
  amount: amountStep,
  filter: filterStep,
  quote: quoteStep,
  payment: paymentStep,
  bank: bankStep,
  progress: progressStep,
  certificate: certificateStep,
  ended: endedStep,
  moved: movedStep,
  left: leftStep,
  empty: emptyStep,
  small: smallStep,
  closed: closedStep,
}

import type { Verified } from '../load-chunk.ts'
import type { Step } from '../purchase-state.ts'
import type { LaterSteps } from './steps.ts'

/** What comes after the quote, a file a step. See ../chunks.ts for the form of these lines. */
export const laterSteps = (
  verified: Verified,
): Partial<Readonly<Record<Step, () => Promise<LaterSteps>>>> => {
  const loadPayment = () => verified('%sri:panel/payment%', () => import('./payment.ts'))
  const loadTrouble = () =>
    verified('%sri:panel/trouble-steps%', () => import('./trouble-steps.ts'))
  return {
    filter: () => verified('%sri:panel/filter-step%', () => import('./filter-step.ts')),
    estimate: () => verified('%sri:panel/estimate-step%', () => import('./estimate-step.ts')),
    payment: loadPayment,
    bank: loadPayment,
    progress: () => verified('%sri:panel/progress-step%', () => import('./progress-step.ts')),
    certificate: () =>
      verified('%sri:panel/certificate-step%', () => import('./certificate-step.ts')),
    ended: loadTrouble,
    moved: loadTrouble,
    left: loadTrouble,
    empty: loadTrouble,
    small: loadTrouble,
    closed: loadTrouble,
  }
}

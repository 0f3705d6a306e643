import { type Order, order } from '@offset-button/contract'
import { TWELVE } from '../certificate/certificates.ts'

const at = (second: number) => `2026-11-23T14:02:${String(second).padStart(2, '0')}.000Z`
const STEPS = ['reserved', 'authorised', 'checked', 'captured', 'completed', 'certificate'] as const

/** An order of twelve tonnes as it stands after so many steps; the schema of the wire holds. */
export const orderAfter = (steps: number, changes: Partial<Order> = {}): Order =>
  order.parse({
    id: 'a'.repeat(26),
    state: steps < 2 ? 'reserved' : steps < 4 ? 'authorised' : steps < 6 ? 'captured' : 'closed',
    version: steps,
    reason: null,
    test: true,
    simulated: true,
    quantity_tonnes: 12,
    filter: { technology: ['hydro'] },
    amounts: {
      currency: 'USD',
      projects_minor: 3720,
      platform_fee_minor: 186,
      processing_fee_minor: 147,
      total_minor: 4053,
    },
    captured_minor: steps < 4 ? 0 : 4053,
    refunded_minor: 0,
    beneficiary: 'جمعية النهر (2026)',
    purpose: null,
    hold: steps < 2 ? { expires_at: at(59), extended: false } : null,
    payment: {
      status: steps < 2 ? 'awaiting_card' : 'authorised',
      failures: 0,
      last_failure: null,
      client_secret: steps < 2 ? 'pi_1_secret_1' : null,
    },
    fills: TWELVE.lines.map(({ project, vintage, quantity_tonnes }, index) => ({
      project,
      vintage,
      seller: 'Demo seller 1',
      unit_type: 'CER',
      quantity_tonnes,
      price_minor: 310,
      cost_minor: 310 * quantity_tonnes,
      leg: index + 1,
      state: steps < 6 ? 'held' : 'committed',
    })),
    legs: [],
    steps: STEPS.slice(0, steps).map((step, index) => ({ step, at: at(7 + index) })),
    completed_tonnes: steps < 5 ? 0 : 12,
    certificate:
      steps < 6 ? null : { id: TWELVE.id, url: TWELVE.url, pdf_url: `${TWELVE.url}.pdf` },
    created_at: at(7),
    closed_at: steps < 6 ? null : at(12),
    ...changes,
  })

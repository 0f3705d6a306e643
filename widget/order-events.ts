import type { Order } from '@offset-button/contract'
import type { CertificateDetail, OrderDetail } from './events.ts'

export type OrderEvent =
  | {
      readonly name: 'offset-reserved' | 'offset-paid' | 'offset-cancelled'
      readonly detail: OrderDetail
    }
  | { readonly name: 'offset-certificate'; readonly detail: CertificateDetail }

/** The events that this state of an order calls for, without those already told, in their order. */
export const eventsOf = (order: Order, told: readonly string[]): readonly OrderEvent[] => {
  const charged = order.state === 'captured' || order.state === 'closed'
  const refunded = order.legs
    .filter((leg) => leg.state === 'refunded')
    .reduce((sum, leg) => sum + leg.quantity_tonnes, 0)
  const settled =
    order.completed_tonnes > 0 && order.completed_tonnes + refunded >= order.quantity_tonnes
  const detail = detailOf(order)
  const events: OrderEvent[] = [{ name: 'offset-reserved', detail }]
  if (charged && order.captured_minor > 0) events.push({ name: 'offset-paid', detail })
  if (settled) events.push({ name: 'offset-cancelled', detail })
  if (order.certificate)
    events.push({ name: 'offset-certificate', detail: certificateOf(order, order.certificate) })
  return events.filter((event) => !told.includes(event.name))
}

/** No client secret, no name: only what a page may do its own counting with. */
const detailOf = (order: Order): OrderDetail => ({
  orderId: order.id,
  tonnes: order.quantity_tonnes,
  totalMinor: order.amounts.total_minor,
  currency: order.amounts.currency,
  cancelledTonnes: order.completed_tonnes,
  test: order.test,
  simulated: order.simulated,
})

const certificateOf = (
  order: Order,
  certificate: NonNullable<Order['certificate']>,
): CertificateDetail => ({
  orderId: order.id,
  certificateId: certificate.id,
  url: certificate.url,
  pdfUrl: certificate.pdf_url,
  tonnes: order.completed_tonnes,
  simulated: order.simulated,
})

import type { Certificate, Order, OrderRequest } from '@offset-button/contract'
import type { ApiClient } from './api-client.ts'

/** The API's operations on orders, over the client that asks for prices. */
export const orderCallsOf = (client: ApiClient) => ({
  /** Safe to repeat with the same key: one order at most comes of it. */
  place: (order: OrderRequest, idempotencyKey: string) =>
    client.post<Order>('/v1/orders', order, { 'Idempotency-Key': idempotencyKey }),
  read: (id: string) => client.request<Order>(pathOf(id)),
  stop: (id: string) => client.post<Order>(`${pathOf(id)}/stop`, {}),
  certificate: (id: string) =>
    client.request<Certificate>(`/v1/certificates/${encodeURIComponent(id)}`),
  events: (id: string, signal: AbortSignal) => client.stream(`${pathOf(id)}/events`, signal),
})

const pathOf = (id: string) => `/v1/orders/${encodeURIComponent(id)}`

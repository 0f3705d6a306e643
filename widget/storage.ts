import type { OrderRequest } from '@offset-button/contract'

/** What a reload must not lose: which order was placed, or is about to be, and what was told of it. */
export type OpenOrder = {
  readonly idempotencyKey: string
  /** Kept only until the order is acknowledged, so that a lost reply can be asked for again. */
  readonly request: OrderRequest | null
  readonly orderId: string | null
  /** The events already dispatched for this order; each is told once, over reloads too. */
  readonly told: readonly string[]
  /** Tonnes, once cancelled. */
  readonly doneTonnes: number | null
  /** What the button says of it, in the visitor's language. */
  readonly label: string
}

export type OrderMemory = {
  readonly name: string
  read(): OpenOrder | null
  write(order: OpenOrder): void
  forget(): void
}

type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Memory of one element's order, by API, key and the element's id. Where the browser forbids storage
 * (`storage` then throws) the order is still remembered, but only as long as the page.
 */
export const orderMemory = (storage: () => KeyValue, ...names: readonly string[]): OrderMemory => {
  const name = ['offset-button', ...names].join(' ')
  let kept = ''
  const attempt = <T>(run: () => T): T | null => {
    try {
      return run()
    } catch {
      return null
    }
  }
  const keep = (text: string) => {
    kept = text
    attempt(() => (text ? storage().setItem(name, text) : storage().removeItem(name)))
  }
  return {
    name,
    read: () => attempt(() => valid(JSON.parse(attempt(() => storage().getItem(name)) ?? kept))),
    write: (order) => keep(JSON.stringify(order)),
    forget: () => keep(''),
  }
}

/** What the page may have kept, if it can be an order; it throws, or is null, where it cannot. */
const valid = (order: OpenOrder): OpenOrder | null =>
  Array.isArray(order.told) &&
  typeof order.idempotencyKey === 'string' &&
  typeof (order.orderId ?? order.request?.consent.text) === 'string'
    ? order
    : null

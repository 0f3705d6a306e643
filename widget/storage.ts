import type { OrderRequest } from '@offset-button/contract'

/** What a reload must not lose: which order was placed, or is about to be, and what was told of it. */
export type OpenOrder = {
  readonly idempotencyKey: string
  /** Kept only until the order is acknowledged, so that a lost reply can be asked for again. */
  readonly request: OrderRequest | null
  readonly orderId: string | null
  /** The events already dispatched for this order; each is told once, over reloads too. */
  readonly told: readonly string[]
  /** Tonnes, once cancelled: the button then says so. */
  readonly doneTonnes: number | null
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
 * the order is still remembered, but only as long as the page.
 */
export const orderMemory = (storage: KeyValue | null, ...names: readonly string[]): OrderMemory => {
  const name = ['offset-button', ...names].join(' ')
  let kept: string | null = null
  return {
    name,
    read() {
      try {
        return parse(storage?.getItem(name) ?? kept)
      } catch {
        return parse(kept)
      }
    },
    write(order) {
      kept = JSON.stringify(order)
      try {
        storage?.setItem(name, kept)
      } catch {
        // Full or forbidden: `kept` still holds it.
      }
    },
    forget() {
      kept = null
      try {
        storage?.removeItem(name)
      } catch {
        // Forbidden: there was nothing to remove.
      }
    },
  }
}

const parse = (text: string | null): OpenOrder | null => {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return isOpenOrder(value) ? value : null
  } catch {
    return null
  }
}

const isOpenOrder = (value: unknown): value is OpenOrder => {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown>
  const { idempotencyKey, orderId, request, told } = record
  return (
    typeof idempotencyKey === 'string' &&
    (typeof orderId === 'string' || (orderId === null && typeof request === 'object')) &&
    Array.isArray(told)
  )
}

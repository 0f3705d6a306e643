/** The order's view of the world: production gives Postgres, Stripe and registries; a simulation gives models. */

import type { Query } from '@offset-button/engine'
import type { Submission, SubmissionResult } from '@offset-button/engine-host'
import type { Registry, SerialBlock } from '@offset-button/registry-bridge'
import type { MarketWrite } from '../market/market.write.ts'
import type { Payment, PaymentSnapshot } from '../payment/payment.ts'
import type { Change, EffectPlan } from './order.action.ts'
import type { OrderTimes } from './order.effect.ts'
import type { Effect, OrderView } from './order.ts'

/** The order's part of the Store. Each command commits by itself. */
export type OrderStore = {
  readOrder(order: string): Promise<OrderView | null>
  /**
   * Writes that a call is about to be made, if the order is still at that version and nobody has done so since `seen`; else
   * false. It counts a version: whoever has decided on the order without this call decides anew.
   */
  beginEffect(request: {
    readonly order: string
    readonly version: number
    readonly plan: EffectPlan
    readonly seen: Effect | null
    readonly now: number
  }): Promise<boolean>
  /** Writes that a call's outcome is unknown, so that it is looked up later. */
  leaveUnknown(request: { readonly key: string; readonly now: number }): Promise<void>
  /** Fixes a leg's exact serials, lowest first; asked again, the same ones. */
  allocate(order: string, leg: number): Promise<readonly SerialBlock[]>
  /**
   * Stores a change, if the order is still at that version. With `until` given, in the same commit, when the order is to be
   * looked at again, as `sleep` does.
   */
  record(request: {
    readonly order: string
    readonly version: number
    /** The payment as it stands at that version. */
    readonly paid: OrderView['payment']
    readonly change: Change
    readonly payment: PaymentSnapshot | null
    readonly certificate: string | null
    readonly now: number
    readonly until?: number | null
  }): Promise<'recorded' | 'conflict'>
  /**
   * Merges what the payment service said; with an event's id, together with the mark that it was seen. What is said of another
   * payment than the order's is passed over.
   */
  mergePayment(request: {
    readonly payment: PaymentSnapshot
    readonly event: { readonly id: string; readonly type: string } | null
    readonly now: number
  }): Promise<void>
  /** Writes when the order is to be looked at again, and sets the alarm in the same commit; null: never. */
  sleep(request: { readonly order: string; readonly until: number | null }): Promise<void>
  /** Orders whose time has come, earliest first. */
  due(request: { readonly now: number; readonly limit: number }): Promise<readonly string[]>
}

/** 128 bits that nobody can guess, as 26 letters and digits. */
export type Random = { id(): string }

export type OrderPorts = {
  readonly store: OrderStore
  readonly payment: Payment
  /** By the registry's id. */
  readonly registries: ReadonlyMap<string, Registry>
  /** The market's one writer. */
  readonly submit: (submission: Submission<MarketWrite>) => Promise<SubmissionResult>
  /** A stored wire filter as the engine reads it. */
  readonly toQueryFilter: (filter: object) => Query['filter']
  readonly clock: { now(): number }
  readonly random: Random
  readonly times: OrderTimes
  readonly log: (event: string, fields: Record<string, unknown>) => void
}

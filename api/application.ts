import type { Book } from '@offset-button/engine'
import type { Clock, MarketHost } from '@offset-button/engine-host'
import type { Registry } from '@offset-button/registry-bridge'
import type { Logger } from 'pino'
import type { Db } from './database/database.ts'
import { Refusal } from './http/refusal.ts'
import type { Catalogue } from './market/catalogue.ts'
import type { FeeSchedule } from './market/fees.ts'
import type { MarketViews } from './market/market.views.ts'
import type { MarketWrite } from './market/market.write.ts'
import type { MarketPulse } from './market/market-pulse.ts'
import type { OrderTimes } from './order/order.effect.ts'
import type { OrderWorker } from './order/order.job.ts'
import type { OrderPorts, Random } from './order/order.ports.ts'
import type { Payment } from './payment/payment.ts'

/** What the routes are made of: built once, in main. */
export type Application = {
  readonly db: Db
  readonly market: string
  readonly host: MarketHost<MarketWrite>
  readonly catalogue: Catalogue
  readonly views: MarketViews
  readonly pulse: MarketPulse
  readonly registries: ReadonlyMap<string, Registry>
  readonly payment: Payment
  readonly orderPorts: OrderPorts
  readonly worker: OrderWorker
  readonly fees: FeeSchedule
  readonly times: OrderTimes
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Where people and browsers reach us, without a slash at the end. */
  readonly publicUrl: string
  /** True: quantities, prices, vintages and serials are invented. */
  readonly demo: boolean
}

/** Reads the book, or refuses: another node holds the market, or nobody does yet. */
export function readBook<T extends object>(
  { host }: Pick<Application, 'host'>,
  reader: (book: Book) => T,
): T {
  const result = host.read(reader)
  if (result === null) throw new Refusal('market_unavailable')
  return result
}

import type { SubmissionResult } from '@offset-button/engine-host'
import type { UnitAttributes } from '@offset-button/registry-bridge'
import { sql } from 'kysely'
import type { Application } from '../application.ts'
import type { Db } from '../database/database.ts'
import { haveExpired } from './expiry.ts'

const LOOK_MS = 3_600_000

type ExpiryAlarmOptions = Pick<Application, 'db' | 'host' | 'market' | 'clock'> & {
  readonly onError: (error: unknown) => void
}

/** Takes offers whose units have expired out of every match: at once, and every hour. */
export function startExpiryAlarm(options: ExpiryAlarmOptions) {
  const look = () => expireOffers(options).catch(options.onError)
  let running: Promise<unknown> = look()
  const timer = setInterval(() => {
    running = running.then(look)
  }, LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/**
 * Expires the offers that have to be, one submission each, where this node holds the market; answers with how many did.
 * An offer that could not be expired is found by the next look.
 */
export async function expireOffers({
  clock,
  db,
  host,
  market,
}: Omit<ExpiryAlarmOptions, 'onError'>): Promise<number> {
  if (host.state() !== 'holding') return 0
  const temporary = await openTemporaryOffers(db, market)
  const due = temporary.filter((offer) => haveExpired(offer, clock.now()))
  const results: SubmissionResult[] = []
  for (const { offer } of due) {
    results.push(await host.submit({ commands: [{ kind: 'ExpireOffer', offer }] }))
  }
  return results.filter((result) => result.kind === 'committed').length
}

type TemporaryOffer = Pick<UnitAttributes, 'unitType' | 'originalCommitmentPeriod'> & {
  readonly offer: number
}

async function openTemporaryOffers(db: Db, market: string): Promise<TemporaryOffer[]> {
  const rows = await db
    .selectFrom('offer')
    .select(['id', 'unit_type', 'original_commitment_period'])
    .where('market', '=', market)
    .where('unit_type', '<>', 5)
    .where('expired', '=', false)
    .where('is_withdrawn', '=', false)
    .where(sql<boolean>`quantity > sold + withdrawn`)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    offer: row.id,
    unitType: row.unit_type as UnitAttributes['unitType'],
    originalCommitmentPeriod: row.original_commitment_period,
  }))
}

import { type Registry, RegistryUnreachable } from '@offset-button/registry-bridge'
import { sql } from 'kysely'
import type { Db } from '../database/database.ts'

/** An earmark without an offer is given back after this long: its placing came to nothing. */
const ORPHAN_AFTER_SECONDS = 600
const SWEEP_MS = 5_000

type EarmarkSweeperOptions = {
  readonly db: Db
  readonly registries: ReadonlyMap<string, Registry>
  readonly onError: (error: unknown) => void
}

/** Gives back at the registry what ended offers have left, and earmarks whose offer was never placed. */
export function startEarmarkSweeper({ db, registries, onError }: EarmarkSweeperOptions) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const sweep = async () => {
    try {
      for (const { reference, registry } of await ended(db)) {
        const answer = await registries.get(registry)?.releaseEarmark(reference)
        // A refusal for good: the registry never made the earmark, or has given it back already.
        if (answer?.kind !== 'ok' && answer?.advice !== 'refuse') continue
        await db
          .updateTable('earmark')
          .set({ state: 'released' })
          .where('reference', '=', reference)
          .execute()
      }
    } catch (error) {
      if (!(error instanceof RegistryUnreachable)) onError(error)
    }
  }
  const again = () => {
    timer = setTimeout(() => {
      running = sweep().then(() => {
        if (!stopped) again()
      })
    }, SWEEP_MS)
  }
  let running: Promise<void> = Promise.resolve()
  again()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

const ended = (db: Db) =>
  db
    .selectFrom('earmark')
    .innerJoin('holding_account', 'holding_account.id', 'earmark.holding_account')
    .leftJoin('offer', 'offer.earmark', 'earmark.reference')
    .select(['earmark.reference', 'holding_account.registry'])
    .where('earmark.state', '=', 'sent')
    .where(({ and, eb, or }) =>
      or([
        and([
          eb('offer.id', 'is', null),
          eb(
            'earmark.created_at',
            '<',
            sql<Date>`now() - make_interval(secs => ${ORPHAN_AFTER_SECONDS})`,
          ),
        ]),
        sql<boolean>`offer.quantity = offer.sold + offer.withdrawn`,
      ]),
    )
    .limit(100)
    .execute()

/** The market's store on a database of a test's own, and histories of commands to drive it with. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { Book, BookEvent, Command } from '@offset-button/engine'
import type { Batch } from '@offset-button/engine-host'
import pg from 'pg'
import { connectPool, openDatabase } from '../../../api/database/database.ts'
import { migrate } from '../../../api/database/migrate.ts'
import { commitConnection } from '../../../api/market/commit-connection.ts'
import { marketStore } from '../../../api/market/market.store.ts'
import type { MarketWrite } from '../../../api/market/market.write.ts'
import { buildBatch } from '../../../engine/host/batch-builder.ts'
import { freshDatabase, templateDatabase } from '../../support/postgres.ts'

export const MARKET = 'usd'
export const SELLERS = 5

/** A migrated database with sellers, their accounts, a project and a page's key. */
export async function storeDatabase() {
  const template = await templateDatabase('offset_button_store', async (url) => {
    const db = openDatabase(connectPool(url, 'offset-button test', 1))
    await migrate(db)
    await db.destroy()
    const client = new pg.Client(url)
    await client.connect()
    await client.query(`
      INSERT INTO project (reference, title, host, technology, scope_derived, source)
        VALUES ('0037', 'Demo project', 'CR', 'hydro', false, 'demo');
      INSERT INTO seller (slug, name, api_key_hash, demo)
        SELECT 'seller-' || n, 'Demo seller ' || n, decode(md5(n::text), 'hex'), true
        FROM generate_series(1, ${SELLERS}) n;
      INSERT INTO holding_account (seller, registry, number)
        SELECT id, 'cdm', 'CDM-100-' || id || '-0-1' FROM seller;
      INSERT INTO publishable_key (key, name, origins) VALUES ('pk_demo', 'Demo', '{}')`)
    await client.end()
  })
  return freshDatabase({ template })
}

/** The production store over a connection of its own; a second one is another node. */
export function openStore(url: string) {
  const connection = commitConnection(url, 5_000)
  return { ...marketStore(connection), connection, close: () => connection.close() }
}

export const place = (priceMinor: number, quantityTonnes: number, seller = 1): Command => ({
  kind: 'PlaceOffer',
  seller,
  attributes: {
    project: 1,
    host: 69,
    scope: 0,
    technology: 0,
    methodology: 0,
    vintage: 2014,
    unitType: 5,
  },
  priceMinor,
  quantityTonnes,
})

export const reserve = (quantityTonnes: number, expiresAt = 2_000_000_000_000): Command => ({
  kind: 'Reserve',
  query: { quantityTonnes, allOrNone: true },
  expiresAt,
})

/** Applies commands to the book, one submission each, as the host does; null where all were refused. */
export async function batchOf(
  client: pg.Client,
  book: Book,
  epoch: number,
  commands: readonly Command[],
): Promise<Batch<MarketWrite> | null> {
  const earmarks = commands.map((command) =>
    command.kind === 'PlaceOffer' ? { seller: command.seller, reference: `e-${random()}` } : null,
  )
  for (const one of earmarks) {
    if (!one) continue
    await client.query(
      `INSERT INTO earmark (reference, seller, holding_account, request_hash, state)
         VALUES ($1, $2, $2, '', 'sent')`,
      [one.reference, one.seller],
    )
  }
  const { contents } = buildBatch<MarketWrite>(
    book,
    commands.map((command, index) => ({
      submission: {
        commands: [command],
        ...writeOf(command, earmarks[index]?.reference ?? ''),
      },
      answer: () => undefined,
      fail: (error) => {
        throw error
      },
    })),
  )
  return contents.journal.length === 0 ? null : { market: MARKET, epoch, ...contents }
}

function writeOf(command: Command, earmark: string) {
  if (command.kind === 'PlaceOffer') {
    return {
      write: (): MarketWrite => ({
        kind: 'offer',
        holdingAccount: command.seller,
        project: 1,
        earmark,
        blocks: [],
        applicableCommitmentPeriod: 2,
        originalCommitmentPeriod: 2,
      }),
    }
  }
  if (command.kind !== 'Reserve') return {}
  return {
    write: ([event]: readonly BookEvent[]): MarketWrite => {
      assert(event?.kind === 'Reserved')
      const { fills } = event
      return {
        kind: 'order',
        order: {
          id: random(),
          publishableKey: 1,
          idempotencyKey: random(),
          requestHash: '00',
          quantityTonnes: fills.reduce((sum, fill) => sum + fill.quantityTonnes, 0),
          filter: {},
          maxPriceMinor: null,
          maxTotalMinor: 1,
          currency: 'USD',
          projectsMinor: 100,
          platformFeeMinor: 3,
          processingFeeMinor: 33,
          fees: { platformBasisPoints: 300, processingBasisPoints: 290, processingFixedMinor: 30 },
          totalMinor: 136,
          beneficiary: null,
          purpose: null,
          consentText: 'I agree.',
          consentLanguage: 'en',
          holdExpiresAt: command.expiresAt,
          createdAt: 1_000_000,
        },
        reservations: fills.map((fill) => fill.reservation),
      }
    },
  }
}

const random = () => randomBytes(8).toString('hex')

import { createHash } from 'node:crypto'
import type { PlaceOfferRequest } from '@offset-button/contract'
import {
  type Answer,
  type Earmark,
  parseSerialBlock,
  RegistryUnreachable,
  type SerialBlock,
} from '@offset-button/registry-bridge'
import { gathered } from '@offset-button/registry-bridge/gathered'
import type { Application } from '../application.ts'
import { assert } from '../assert.ts'
import { ask, type Db } from '../database/database.ts'
import { canonicalJson } from '../http/canonical-json.ts'
import { Refusal } from '../http/refusal.ts'
import { attributesOf } from '../market/attributes.ts'
import type { Project } from '../market/catalogue.ts'
import type { OfferWrite } from '../market/market.write.ts'
import { registryOf } from '../order/order.call.ts'
import { turns } from '../turns.ts'
import { haveExpired } from './expiry.ts'

type Placing = {
  readonly seller: number
  /** The caller's key, or a fresh one. The same key and request again: the same offer. */
  readonly idempotencyKey: string
  readonly request: PlaceOfferRequest
}

type Account = { readonly id: number; readonly registry: string; readonly number: string }

/**
 * Has the units earmarked at the registry, then places the offer with the attributes that the registry gave.
 * Answers with the offer's id. An earmark whose offer came to nothing is given back.
 */
export function offerPlacing(application: Application): (placing: Placing) => Promise<number> {
  // Requests with one key are taken one after another, so that the second finds what the first has done.
  const takeTurn = turns()
  const begin = gathered((all: readonly Beginning[]) => beginAll(application.db, all))
  return (placing) => {
    const reference = referenceOf(placing)
    return takeTurn(reference, () => place(application, placing, reference, begin))
  }
}

async function place(
  application: Application,
  placing: Placing,
  reference: string,
  begin: (beginning: Beginning) => Promise<Begun | null>,
): Promise<number> {
  const { db } = application
  const { seller, request } = placing
  const blocks = request.blocks.map(toBlock)
  const requestHash = createHash('sha256').update(canonicalJson(request)).digest()
  const number = request.holding_account
  const begun = await begin({ reference, seller, number, requestHash })
  if (!begun) throw new Refusal('holding_account_not_yours')
  const account = { ...begun, number }
  const placed = begun.isNew ? null : await placedBefore(application, reference, requestHash)
  if (placed !== null) return placed

  // The serial numbers tell this much themselves: nothing is set aside for what cannot be offered.
  for (const block of blocks) {
    listedProject(application, block)
    if (haveExpired(block, application.clock.now())) throw new Refusal('units_expired')
  }
  const answer = await earmarkAt(application, account, reference, blocks)
  if (answer.kind === 'refused') {
    await db
      .updateTable('earmark')
      .set({ state: 'refused' })
      .where('reference', '=', reference)
      .execute()
    throw new Refusal('units_not_available', {
      registry_codes: [...answer.codes],
      detail: answer.message,
    })
  }
  return submit(application, placing, account, answer.value)
}

type Beginning = {
  readonly reference: string
  readonly seller: number
  readonly number: string
  readonly requestHash: Buffer
}
type Begun = { readonly id: number; readonly registry: string; readonly isNew: boolean }

/** Stores that units are about to be earmarked; null for an account that is not the seller's. */
async function beginAll(db: Db, all: readonly Beginning[]): Promise<readonly (Begun | null)[]> {
  const rows = await ask<Begun & { reference: string }>(db, BEGIN, [
    all.map(({ reference }) => reference),
    all.map(({ seller }) => seller),
    all.map(({ number }) => number),
    all.map(({ requestHash }) => requestHash),
  ])
  const byReference = new Map(rows.map((row) => [row.reference, row]))
  return all.map(({ reference }) => byReference.get(reference) ?? null)
}

// In the order of the references, so that two nodes with the same ones do not wait for each other.
const BEGIN = `
  WITH asked AS (
    SELECT a.reference, a.seller, a.request_hash, h.id, h.registry
    FROM unnest($1::text[], $2::int[], $3::text[], $4::bytea[]) AS a(reference, seller, number, request_hash)
    JOIN holding_account h ON h.seller = a.seller AND h.number = a.number
  ), made AS (
    INSERT INTO earmark (reference, seller, holding_account, request_hash, state)
    SELECT reference, seller, id, request_hash, 'sent' FROM asked ORDER BY reference
    ON CONFLICT (reference) DO NOTHING
    RETURNING reference
  )
  SELECT asked.reference, asked.id, asked.registry, made.reference IS NOT NULL AS "isNew"
  FROM asked LEFT JOIN made USING (reference)`

/** The offer of an earlier request with the same key; null where that came to nothing. */
async function placedBefore(
  { db }: Application,
  reference: string,
  requestHash: Buffer,
): Promise<number | null> {
  const stored = await db
    .selectFrom('earmark')
    .leftJoin('offer', 'offer.earmark', 'earmark.reference')
    .select(['earmark.request_hash', 'offer.id as offer'])
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow()
  if (!stored.request_hash.equals(requestHash)) throw new Refusal('idempotency_key_reused')
  await db
    .updateTable('earmark')
    .set({ state: 'sent' })
    .where('reference', '=', reference)
    .where('state', '=', 'refused')
    .execute()
  return stored.offer
}

async function submit(
  application: Application,
  { seller, request }: Placing,
  account: Account,
  earmark: Earmark,
): Promise<number> {
  const { attributes } = earmark
  const project = listedProject(application, attributes)
  const write: OfferWrite = {
    kind: 'offer',
    holdingAccount: account.id,
    project: project.id,
    earmark: earmark.reference,
    blocks: earmark.blocks,
    originalCommitmentPeriod: attributes.originalCommitmentPeriod,
    applicableCommitmentPeriod: attributes.applicableCommitmentPeriod,
  }
  const result = await application.host.submit({
    commands: [
      {
        kind: 'PlaceOffer',
        seller,
        attributes: attributesOf(project, attributes),
        priceMinor: request.price_minor,
        quantityTonnes: earmark.quantity,
      },
    ],
    write: () => write,
  })
  switch (result.kind) {
    case 'committed': {
      const [event] = result.events
      assert(event?.kind === 'OfferPlaced', 'a placing answers with its offer')
      return event.offer
    }
    case 'rejected':
      throw new Refusal('invalid_request', {
        errors: [{ path: '', message: result.rejected.reason }],
      })
    case 'unavailable':
      throw new Refusal('market_unavailable')
    case 'unknown':
      throw new Refusal('outcome_unknown')
  }
}

function listedProject(
  { catalogue }: Application,
  { projectIdentifier }: { readonly projectIdentifier: number },
): Project {
  const project = catalogue.projectByReference(String(projectIdentifier).padStart(4, '0'))
  if (!project) throw new Refusal('project_not_listed')
  return project
}

async function earmarkAt(
  application: Application,
  account: Account,
  reference: string,
  blocks: readonly SerialBlock[],
): Promise<Answer<Earmark>> {
  try {
    return await registryOf(application, account.registry).earmark({
      reference,
      holdingAccount: account.number,
      blocks,
    })
  } catch (error) {
    if (error instanceof RegistryUnreachable) throw new Refusal('registry_unavailable')
    throw error
  }
}

function toBlock(block: { readonly start: string; readonly end: string }): SerialBlock {
  const parsed = parseSerialBlock(block.start, block.end)
  if (parsed.kind === 'ok') return parsed.block
  throw new Refusal('invalid_request', {
    errors: [{ path: 'blocks', message: `${parsed.problem}: ${block.start} … ${block.end}` }],
  })
}

const referenceOf = ({ seller, idempotencyKey }: Placing) =>
  `offer-${createHash('sha256').update(`${seller} ${idempotencyKey}`).digest('hex').slice(0, 40)}`

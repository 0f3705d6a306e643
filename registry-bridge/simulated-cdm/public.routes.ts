import Router from '@koa/router'
import type { Context } from 'koa'
import { readAttestation } from './attestation/attestation.store.ts'
import type { Db } from './database.ts'
import { sendProblem, sendReply } from './http/problem.ts'
import { attestationPage } from './page/attestation.page.ts'
import { frontPage } from './page/page.ts'
import { readAccounts } from './simulation/books.ts'
import { attestationReference } from './transaction/transaction.ts'

const RECENT = 50

/** What anybody may read: the front page and attestations. `publicUrl` gives the registry's own address. */
export function publicRoutes(db: Db, publicUrl: () => string): Router {
  const router = new Router()

  router.get('/', async (context) => {
    const registry = db.selectFrom('registry').select('is_open')
    const { is_open } = await registry.executeTakeFirstOrThrow()
    const transactions = await readRecent(db)
    context.type = 'html'
    context.body = frontPage(is_open ? 'open' : 'closed', await readAccounts(db), transactions)
  })

  router.get('/attestations/:number/:year', (context) =>
    show(context, `${context.params.number}/${context.params.year}`),
  )
  router.get('/attestations/:reference', (context) => show(context, context.params.reference ?? ''))

  async function show(context: Context, reference: string): Promise<void> {
    const match = /^VC([1-9][0-9]{0,8})\/([0-9]{4})$/.exec(reference)
    const key = { number: Number(match?.[1]), year: Number(match?.[2]) }
    const attestation = match === null ? null : await readAttestation(db, key, publicUrl())
    if (attestation === null) {
      sendProblem(context, 404, 'This registry has made no such attestation.')
    } else if (context.accepts('json', 'html') === 'html') {
      context.type = 'html'
      context.body = attestationPage(attestation)
    } else sendReply(context, attestation)
  }

  return router
}

async function readRecent(db: Db) {
  const rows = await db
    .selectFrom('registry_transaction')
    .selectAll()
    .orderBy('proposed_at', 'desc')
    .limit(RECENT)
    .execute()
  return rows.map((row) => ({
    ...row,
    attestation:
      row.attestation_number === null || row.attestation_year === null
        ? null
        : attestationReference(row.attestation_number, row.attestation_year),
  }))
}

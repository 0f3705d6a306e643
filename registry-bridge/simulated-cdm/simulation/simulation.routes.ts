import Router from '@koa/router'
import { z } from 'zod'
import { parseSerialBlock } from '../../serial-block.ts'
import type { Db } from '../database.ts'
import { readBody } from '../http/body.ts'
import { sendOutcome, sendReply } from '../http/problem.ts'
import { type Outcome, ok, refused } from '../outcome.ts'
import type { Sweeper } from '../transaction/transaction.job.ts'
import { readAudit, readBooks } from './books.ts'
import type { Faults } from './faults.middleware.ts'
import { issueUnits, openAccounts } from './issue.store.ts'
import {
  accountStateRequest,
  accountsRequest,
  faultRequest,
  refusalRequest,
  registryRequest,
  unitsRequest,
} from './wire.ts'

/** 16 MiB: 20,000 blocks to issue fit. */
const ISSUE_BYTES = 16 << 20

/** What only a simulation can be told. */
export function simulationRoutes(
  db: Db,
  faults: Faults,
  sweeper: Sweeper,
  clock: () => Date,
): Router {
  const router = new Router({ prefix: '/simulation' })

  router.post('/accounts', async (context) => {
    const request = await readBody(context, accountsRequest)
    await sendOutcome(context, await openAccounts(db, request, clock()), (reply) => reply)
  })

  router.post('/units', async (context) => {
    const request = await readBody(context, unitsRequest, ISSUE_BYTES)
    await sendOutcome(context, await issueUnits(db, request, clock()), (reply) => reply)
  })

  router.put('/accounts/:number', async (context) => {
    const { state } = await readBody(context, accountStateRequest)
    const number = context.params.number ?? ''
    const changed = await db
      .updateTable('account')
      .set({ state })
      .where('number', '=', number)
      .returning('number')
      .executeTakeFirst()
    await sendOutcome(context, changed === undefined ? refused(1002) : ok({ state }), (now) => now)
  })

  router.put('/registry', async (context) => {
    const request = await readBody(context, registryRequest)
    if (Object.keys(request).length > 0) await db.updateTable('registry').set(request).execute()
    sweeper.wakeIn(0)
    sendReply(context, await db.selectFrom('registry').selectAll().executeTakeFirstOrThrow())
  })

  router.post('/refusals', async (context) => {
    const request = await readBody(context, refusalRequest)
    await sendOutcome(context, await plantRefusal(db, request), (reply) => reply)
  })

  router.post('/faults', async (context) => {
    faults.plant(await readBody(context, faultRequest))
    sendReply(context, {})
  })

  router.delete('/faults', (context) => {
    faults.clear()
    sendReply(context, {})
  })

  router.get('/books', async (context) => {
    sendReply(context, await readBooks(db))
  })

  router.get('/audit', async (context) => {
    const after = z.coerce.number().int().min(0).default(0).parse(context.query.after)
    sendReply(context, { entries: await readAudit(db, after) })
  })

  return router
}

async function plantRefusal(
  db: Db,
  request: z.output<typeof refusalRequest>,
): Promise<Outcome<{ readonly code: number }>> {
  const { code, holding_account, block, times } = request
  const parsed = block === undefined ? null : parseSerialBlock(block.start, block.end)
  if (parsed?.kind === 'invalid') return refused(3008)
  if (holding_account !== undefined) {
    const known = db.selectFrom('account').select('number').where('number', '=', holding_account)
    if ((await known.executeTakeFirst()) === undefined) return refused(1002)
  }
  await db
    .insertInto('refusal')
    .values({
      code,
      holding_account: holding_account ?? null,
      originating_party: parsed?.block.originatingParty ?? null,
      original_period: parsed?.block.originalCommitmentPeriod ?? null,
      units: parsed === null ? null : `[${parsed.block.start},${parsed.block.end}]`,
      times_left: times,
    })
    .execute()
  return ok({ code })
}

import Router from '@koa/router'
import {
  type DescriptionReply,
  earmarkRequest,
  proposeRequest,
  wireReference,
} from '../cdm-http/wire.ts'
import { formatSerialBlock } from '../serial-block.ts'
import { readAccount } from './account/account.store.ts'
import { REGISTRY_CODE } from './account/account.ts'
import type { Db } from './database.ts'
import { earmarkMaking, releaseEarmark } from './earmark/earmark.store.ts'
import { readBody } from './http/body.ts'
import { sendOutcome, sendReply } from './http/problem.ts'
import { ok, refused } from './outcome.ts'
import { complete, terminate } from './transaction/finish.ts'
import { type ProposalSettings, propose } from './transaction/propose.ts'
import type { Sweeper } from './transaction/transaction.job.ts'
import {
  readTransaction,
  type TransactionKey,
  type TransactionRow,
  toWireTransaction,
} from './transaction/transaction.store.ts'
import { MAX_BLOCKS } from './unit/request.ts'
import { readHoldings } from './unit/unit.store.ts'
import { toWireAttributes } from './unit/wire-attributes.ts'

/** What a market calls. */
export function registryRoutes(
  db: Db,
  settings: ProposalSettings,
  sweeper: Sweeper,
  clock: () => Date,
): Router {
  const router = new Router()
  const showTransaction = async (row: TransactionRow) => ({
    transaction: await toWireTransaction(db, row),
  })

  router.get('/description', (context) => {
    const description: Omit<DescriptionReply, 'simulated'> = {
      id: REGISTRY_CODE.toLowerCase(),
      name: 'CDM registry (simulated)',
      phases: 'two-phase',
      one_transaction_at_a_time: settings.oneTransactionAtATime,
      max_blocks_per_transaction: MAX_BLOCKS,
      opens_at: null,
      closes_at: null,
      closes_at_reported: false,
    }
    sendReply(context, description)
  })

  router.get('/state', async (context) => {
    const registry = db.selectFrom('registry').select('is_open')
    const { is_open } = await registry.executeTakeFirstOrThrow()
    sendReply(context, { state: is_open ? 'open' : 'closed' })
  })

  router.get('/accounts/:number/holdings', async (context) => {
    const number = context.params.number ?? ''
    const outcome = (await readAccount(db, number)) === null ? refused(1002) : ok(number)
    await sendOutcome(context, outcome, async () => ({
      holdings: (await readHoldings(db, number)).map(({ block, attributes }) => ({
        block: formatSerialBlock(block),
        attributes: toWireAttributes(attributes),
      })),
    }))
  })

  const makeEarmark = earmarkMaking(db)
  router.post('/earmarks', async (context) => {
    const request = await readBody(context, earmarkRequest)
    const outcome = await makeEarmark({ request, now: clock() })
    await sendOutcome(context, outcome, (earmark) => ({ earmark }))
  })

  router.delete('/earmarks/:reference', async (context) => {
    const outcome = await releaseEarmark(db, context.params.reference ?? '', clock())
    await sendOutcome(context, outcome, (released) => released)
  })

  router.post('/transactions', async (context) => {
    const request = await readBody(context, proposeRequest)
    const outcome = await propose(db, request, settings, clock())
    if (outcome.kind === 'ok' && outcome.value.isNew) {
      context.status = 201
      sweeper.wakeIn(settings.checkDelayMs)
    }
    await sendOutcome(context, outcome, ({ row }) => showTransaction(row))
  })

  const show = async (by: TransactionKey) => {
    const row = await readTransaction(db, by)
    return row === null ? refused(9003) : ok(row)
  }
  router.get('/transactions', async (context) => {
    const reference = wireReference.parse(context.query.reference)
    await sendOutcome(context, await show({ reference }), showTransaction)
  })
  router.get('/transactions/:identifier', async (context) => {
    const identifier = context.params.identifier ?? ''
    await sendOutcome(context, await show({ identifier }), showTransaction)
  })
  for (const [verb, act] of [['complete', complete] as const, ['terminate', terminate] as const])
    router.post(`/transactions/:identifier/${verb}`, async (context) => {
      const outcome = await act(db, context.params.identifier ?? '', clock())
      await sendOutcome(context, outcome, showTransaction)
    })

  return router
}

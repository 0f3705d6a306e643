import { setTimeout as wait } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connectPool, openDatabase } from '../../../api/database/database.ts'
import { createAlarm, orderWorker, setAlarm } from '../../../api/order/order.job.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { freshDatabase } from '../../support/postgres.ts'

const job = suite('order alarm')
const keep = cleanUp(job)

job('rings when its time has come, with nothing else going on and without the sweep', async () => {
  const { url } = keep(await freshDatabase())
  const db = openDatabase(connectPool(url, 'test of alarms', 2))
  keep(() => db.destroy())
  const errors: unknown[] = []
  const alarm = createAlarm(url, (error) => errors.push(error))
  await alarm.start()
  const rung: string[] = []
  const worker = orderWorker({
    alarm,
    isHolder: () => true,
    advance: async (order) => {
      rung.push(order)
      return null
    },
    due: async () => [],
    onError: (error) => errors.push(error),
  })
  keep(worker)
  await worker.start()
  await db.transaction().execute((trx) => setAlarm(alarm, trx, 'one', Date.now() + 700))
  for (let tries = 0; rung.length === 0 && tries < 500; tries++) await wait(20)
  assert.equal(rung, ['one'])
  assert.equal(errors, [])
})

job.run()

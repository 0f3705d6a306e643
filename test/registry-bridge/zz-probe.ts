import { freshDatabase } from '../support/postgres.ts'
import { openDatabase } from '../../registry-bridge/simulated-cdm/database.ts'
import { openAccounts, issueUnits } from '../../registry-bridge/simulated-cdm/simulation/issue.store.ts'
import { makeEarmark } from '../../registry-bridge/simulated-cdm/earmark/earmark.store.ts'
import { propose } from '../../registry-bridge/simulated-cdm/transaction/propose.ts'
import { checkProposed } from '../../registry-bridge/simulated-cdm/transaction/check.ts'
import { complete } from '../../registry-bridge/simulated-cdm/transaction/finish.ts'
const d = await freshDatabase(); const db = await openDatabase(d.url)
const pool = (db as any).getExecutor()
const now = new Date()
const a: any = await openAccounts(db, { accounts: [{ holder: 'x' }] }, now)
const n = a.value.accounts[0].number
const t = async (name: string, f: () => Promise<any>) => { const b = performance.now(); const r = await f(); console.log(name, Math.round(performance.now() - b), r?.kind, r?.codes ?? ''); return r }
const orig = pool.executeQuery.bind(pool)
const proto = Object.getPrototypeOf(pool)
await t('issue', () => issueUnits(db, { projects: [], units: [{ holding_account: n, originating_party: 'KE', unit_type: 5, quantity: 6000, original_commitment_period: 2, applicable_commitment_period: 2, lulucf_activity: 0, project_identifier: 37, vintage: 2014 }] }, now))
const blocks = Array.from({ length: 3000 }, (_, i) => ({ start: `KE-5-${1 + 2 * i}-2-2-0-37`, end: `KE-5-${1 + 2 * i}-2-2-0-37` }))
await t('earmark', () => makeEarmark(db, { reference: 'e', holding_account: n, blocks }, now))
const p = await t('propose', () => propose(db, { reference: 'p', holding_account: n, blocks, beneficiary: null, purpose: null }, { checkDelayMs: 0, transactionTimeoutMs: 1e9, oneTransactionAtATime: true }, now))
const id = p.value.row.identifier
await t('check', () => checkProposed(db, id, now))
await t('complete', () => complete(db, id, now))
await db.destroy(); await d.close()

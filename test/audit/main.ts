/**
 * `npm run audit`: every invariant, by number, over a market that may be running. Reads only. Addresses come from DATABASE_URL,
 * REGISTRY_URL, REGISTRY_API_TOKEN, STRIPE_API_URL and STRIPE_SECRET_KEY, or from what `npm start` left in DATA_FOLDER (default
 * .data). The exit code is 1 where an invariant is broken, 2 where the books cannot be read.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CHECKED } from '../support/invariants.ts'
import { type AuditAddresses, audit } from './audit.ts'

try {
  const violations = await audit(readAddresses(process.env))
  for (const { invariant, rule, rows } of violations) {
    console.log(`BROKEN ${invariant}. ${rule}`)
    for (const row of rows.slice(0, 20)) console.log(`    ${JSON.stringify(row)}`)
    if (rows.length > 20) console.log(`    and ${rows.length - 20} more`)
  }
  for (const { invariant, rule } of CHECKED) {
    if (!violations.some((one) => one.rule === rule)) console.log(`holds  ${invariant}. ${rule}`)
  }
  process.exitCode = violations.length > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

function readAddresses(env: Readonly<Record<string, string | undefined>>): AuditAddresses {
  const file = join(resolve(env.DATA_FOLDER || '.data'), 'addresses.json')
  const left = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<AuditAddresses>)
    : {}
  const need = (name: string, otherwise: string | undefined) => {
    const value = env[name] || otherwise
    if (!value) throw new Error(`Set ${name}, or run npm start first: there is no ${file}.`)
    return value
  }
  return {
    databaseUrl: need('DATABASE_URL', left.databaseUrl),
    registryUrl: need('REGISTRY_URL', left.registryUrl),
    registryToken: need('REGISTRY_API_TOKEN', left.registryToken),
    paymentUrl: need('STRIPE_API_URL', left.paymentUrl),
    paymentKey: need('STRIPE_SECRET_KEY', left.paymentKey),
  }
}

import assert from 'node:assert/strict'
import { Refused, type Server, send } from './http.ts'
import type { DemoIssue } from './market.ts'
import type { DemoProject } from './projects.ts'
import type { DemoSeller } from './sellers.ts'

/** The simulated registry's answer to a serial number that exists already. */
const SERIAL_EXISTS = 9011

/** Opens the sellers' holding accounts at the simulated registry; again: nothing changes. */
export async function openAccounts(
  registry: Server,
  sellers: readonly DemoSeller[],
): Promise<void> {
  const numbers = sellers.flatMap(({ accounts }) => accounts)
  const reply = (await send(registry, 'POST', '/simulation/accounts', {
    accounts: sellers.flatMap(({ name, accounts }) =>
      accounts.map((number) => ({ holder: name, identifier: Number(number.split('-')[2]) })),
    ),
  })) as { readonly accounts: readonly { readonly number: string }[] }
  assert.deepEqual(
    reply.accounts.map(({ number }) => number),
    numbers,
    'the registry numbers accounts as the demo does',
  )
}

/** Issues all units in one call, all or none, so units that exist already were issued by a run before. */
export async function issueUnits(
  registry: Server,
  projects: readonly DemoProject[],
  issues: readonly DemoIssue[],
): Promise<void> {
  try {
    await send(registry, 'POST', '/simulation/units', {
      projects: projects.map(({ reference, host, title }) => ({
        identifier: Number(reference),
        host,
        title,
      })),
      units: issues.map((issue) => ({
        holding_account: issue.account,
        originating_party: issue.project.host,
        quantity: issue.quantityTonnes,
        start: issue.start,
        original_commitment_period: issue.commitmentPeriod,
        applicable_commitment_period: issue.commitmentPeriod,
        project_identifier: Number(issue.project.reference),
        vintage: issue.vintage,
      })),
    })
  } catch (failure) {
    if (!(failure instanceof Refused) || !failure.codes.includes(SERIAL_EXISTS)) throw failure
  }
}

/** Units at the registry, for offers that a test places itself. */
import assert from 'node:assert/strict'
import type { SerialBlock } from '@offset-button/contract'
import { PROJECTS } from '../../support/market.ts'
import type { Stack } from '../../support/stack.ts'

type Issue = {
  readonly account: string
  readonly quantity: number
  /** Index into PROJECTS; default 0. */
  readonly project?: number
  readonly unitType?: 5 | 6 | 7
  readonly vintage?: number
  readonly period?: 1 | 2
  /** Instead of the number of the listed project. */
  readonly projectIdentifier?: number
}

/** Has one block issued into an account. */
export async function issue(stack: Stack, units: Issue): Promise<SerialBlock> {
  const listed = PROJECTS[units.project ?? 0]
  assert.ok(listed)
  const period = units.period ?? 2
  const [block] = await stack.registry.issueUnits({
    units: [
      {
        holding_account: units.account,
        originating_party: listed.host,
        unit_type: units.unitType ?? 5,
        quantity: units.quantity,
        original_commitment_period: period,
        applicable_commitment_period: period,
        project_identifier: units.projectIdentifier ?? Number(listed.reference),
        vintage: units.vintage ?? 2014,
      },
    ],
  })
  assert.ok(block)
  return block
}

/** The block from its `from`th unit to its `to`th, counted from 0, both inclusive. */
export function part(block: SerialBlock, from: number, to: number): SerialBlock {
  return { start: moved(block.start, from), end: moved(block.start, to) }
}

function moved(serial: string, by: number): string {
  const parts = serial.split('-')
  parts[2] = String(Number(parts[2]) + by)
  return parts.join('-')
}

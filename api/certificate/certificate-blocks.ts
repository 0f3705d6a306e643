import type { Certificate, SerialBlock } from '@offset-button/contract'
import { parseSerialBlock, unitCount } from '@offset-button/registry-bridge'
import { assert } from '../assert.ts'
import { type Strip, stripOf } from './perfin.ts'

/** Whole tonnes of a serial block as it is written on a certificate. */
export function blockTonnes(block: SerialBlock): number {
  const parsed = parseSerialBlock(block.start, block.end)
  assert(parsed.kind === 'ok', `a certificate holds the serial block ${block.start} … ${block.end}`)
  return unitCount(parsed.block)
}

/** The strip of a certificate: cut at serial blocks, or at projects where blocks are too many. */
export const stripOfCertificate = ({ lines }: Certificate): Strip =>
  stripOf(
    lines.flatMap((line) => line.blocks.map(blockTonnes)),
    lines.map((line) => line.quantity_tonnes),
  )

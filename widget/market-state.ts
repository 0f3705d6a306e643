import type { Market } from '@offset-button/contract'
import type { Trouble } from './api-client.ts'

/** Why nothing can be bought in this market now; null where it can. */
export const closureOf = (market: Market): Trouble | null => {
  if (market.state === 'halted') return closure('market_halted', 'The market is paused.')
  const closed =
    market.registries.length > 0 && market.registries.every((it) => it.state === 'closed')
  return closed ? closure('registry_closed', 'The registry is not taking cancellations.') : null
}

const closure = (code: 'market_halted' | 'registry_closed', message: string): Trouble => ({
  code,
  retryable: true,
  answered: true,
  message,
  problem: null,
})

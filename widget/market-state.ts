import type { Market } from '@offset-button/contract'

/** Why nothing can be bought in this market now; null where it can. */
export const closureOf = ({
  registries,
  state,
}: Market): 'market_halted' | 'registry_closed' | null => {
  if (state === 'halted') return 'market_halted'
  const closed = registries.length > 0 && registries.every((it) => it.state === 'closed')
  return closed ? 'registry_closed' : null
}

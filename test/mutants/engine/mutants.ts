import type { Mutant } from '../mutant.ts'

/** Bugs that an order book may have; the tests of the engine have to notice each. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a cost is summed in 32 bits',
    file: 'engine/matching.ts',
    find: 'cost += (this.prices[fill] as number) * (this.tonnes[fill] as number)',
    replace: 'cost += Math.imul(this.prices[fill] as number, this.tonnes[fill] as number)',
  },
  {
    name: 'a reservation may expire a millisecond early',
    file: 'engine/reservation-commands.ts',
    find: 'if (now < contents.reservations.expiresAt(place))',
    replace: 'if (now + 1 < contents.reservations.expiresAt(place))',
  },
  {
    name: 'a reservation is looked for where its offer was when it was reserved',
    file: 'engine/reservation-commands.ts',
    find: 'contents.ladder.records.offer(guess) === offer ? guess : contents.homes.get(offer)',
    replace: 'guess',
  },
]

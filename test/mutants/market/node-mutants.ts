import type { Mutant } from '../mutant.ts'
import { ALARMS, DRAINING, LEASE_HOST } from './judges.ts'

/** Bugs of how a node comes by its work, and leaves it. */
export const NODE_MUTANTS: readonly Mutant[] = [
  {
    name: 'a holder that does not hear the Store keeps the market',
    file: 'engine/host/host-loop.ts',
    find: '    held.term.end()\n',
    replace: '',
    judge: LEASE_HOST,
  },
  {
    name: 'a holder gives the market up after one answer of the Store that was lost',
    file: 'engine/host/host-loop.ts',
    find: 'unanswered < 2;',
    replace: 'unanswered < 1;',
    judge: LEASE_HOST,
  },
  {
    name: 'a node that does not hear the Store takes the lease again',
    file: 'engine/host/host-loop.ts',
    find: '    return !this.#isCutOff\n',
    replace: '    return true\n',
    judge: LEASE_HOST,
  },
  {
    name: 'an alarm for later is found by the next sweep',
    file: 'api/order/order.job.ts',
    find: '  notifyPollingIntervalSeconds: 0.5,\n',
    replace: '',
    judge: ALARMS,
  },
  {
    name: 'a node that ends cuts kept connections off',
    file: 'api/http/draining.ts',
    find: '      await until(() => connections.size === 0, PARTING_MS)\n',
    replace: '',
    judge: DRAINING,
  },
  {
    name: 'a node that could not mint takes the lease again at once',
    file: 'engine/host/host-loop.ts',
    find: '  #notHeard(step: string, reason: unknown): null {\n    this.#isCutOff = true\n',
    replace: '  #notHeard(step: string, reason: unknown): null {\n',
    judge: LEASE_HOST,
  },
]

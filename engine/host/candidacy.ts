/**
 * How a node comes to hold the market: by the lease; from a holder whose process is gone; and, where the lease does not answer,
 * by the word of the Store. None of this is safety, which is the epoch: it is who writes, without two that take turns at it.
 */
import { type Answer, answerWithin } from './answer.ts'
import { LeaseTerm, type LeaseTermOptions } from './lease-term.ts'
import type { Grant } from './ports.ts'

/** Between two looks at a holder that does not say that it holds the market. */
const LOOK_AGAIN_MS = 50
/** For one look. Two, and the mint after them, take less than the lease that may have been granted before. */
const LOOKS_IN_A_LEASE = 4

/** Tries once to hold the market. A term that has begun keeps itself until it ends or `stopping` aborts; null without one. */
export async function seekTerm(
  options: LeaseTermOptions,
  stopping: AbortSignal,
): Promise<LeaseTerm | null> {
  const { market, holder, lease, clock, log } = options
  const sentAt = clock.monotonic()
  let grant: Grant | null = null
  const answer = await within(options, () => lease.acquire(market, holder))
  if (answer.kind === 'unanswered') {
    log('lease.acquire.unanswered', { reason: answer.reason })
    if (!options.peers || !(await isFree(options))) return null
    log('market.taken', { by: 'the word of the Store' })
  } else if (answer.value !== null) {
    const granted = answer.value
    // A lease that has forgotten is granted to anybody.
    if (options.peers && !(await isFree(options))) {
      await within(options, () => lease.release(market, holder, granted))
      return null
    }
    grant = granted
  } else {
    grant = await seized(options)
    if (grant === null) return null
  }
  const term = new LeaseTerm(options, sentAt + lease.ttlMs, grant, stopping)
  void term.keep()
  return term
}

/**
 * Nobody is named as the holder, or this node is, or the one that is named has twice failed to say that it holds the market,
 * and nobody else has begun to hold it meanwhile. One look in vain says nothing: a busy node answers the next.
 */
async function isFree(options: LeaseTermOptions): Promise<boolean> {
  const named = await askStore(options)
  if (named.kind === 'unanswered') return false
  const { holder, epoch } = named.value
  if (holder === null || holder === options.holder) return true
  if ((await look(options, holder)) === 'holding') return false
  if ((await lookAgain(options, holder)) === 'holding') return false
  const since = await askStore(options)
  return since.kind === 'answered' && since.value.epoch === epoch
}

/** From a holder whose process is gone: its lease need not run out. One that is only silent keeps it. */
async function seized(options: LeaseTermOptions): Promise<Grant | null> {
  const { market, holder, lease, peers, log } = options
  if (!peers) return null
  const current = await within(options, () => lease.holder(market))
  if (current.kind === 'unanswered' || current.value === null) return null
  const from = current.value
  if (from === holder || (await look(options, from)) !== 'gone') return null
  if ((await lookAgain(options, from)) !== 'gone') return null
  const answer = await within(options, () => lease.seize(market, from, holder))
  if (answer.kind === 'unanswered' || answer.value === null) return null
  log('market.taken', { by: 'the lease', from })
  return answer.value
}

function askStore(options: LeaseTermOptions) {
  return within(options, () => options.store.readHolder(options.market))
}

async function look({ peers, clock, lease }: LeaseTermOptions, holder: string) {
  if (!peers) return 'silent'
  const answer = await answerWithin(clock, lease.ttlMs / LOOKS_IN_A_LEASE, () => peers.look(holder))
  return answer.kind === 'answered' ? answer.value : 'silent'
}

async function lookAgain(options: LeaseTermOptions, holder: string) {
  await options.clock.sleep(LOOK_AGAIN_MS)
  return look(options, holder)
}

function within<Value>(
  { clock, lease }: LeaseTermOptions,
  ask: () => Promise<Value>,
): Promise<Answer<Value>> {
  return answerWithin(clock, lease.ttlMs, ask)
}

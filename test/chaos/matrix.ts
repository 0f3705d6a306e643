/**
 * The crash matrix: every call by which an order changes the world or asks it × the points around it × who is lost there.
 * Each case has a name, `effect / point / victim`.
 */
import type { Trap } from '../support/call-proxy.ts'
import type { CommitTrap } from './postgres-link.ts'

/** `link`: all ways of the API to Postgres, Redis, the registry and the payment service. */
export const VICTIMS = ['app', 'Postgres', 'Redis', 'link'] as const
export type Victim = (typeof VICTIMS)[number]

/** What the buyer and the world do, and how the order is to end. */
export type Course =
  | 'purchase'
  | 'stopped'
  | 'matched again'
  | 'capture refused'
  | 'refused after the capture'

type Place =
  | ({ readonly on: 'Postgres' } & Pick<CommitTrap, 'matches' | 'at'>)
  | ({ readonly on: 'registry' | 'payment' } & Pick<Trap, 'matches' | 'at' | 'skip'>)

type Effect = {
  readonly name: string
  readonly course: Course
  readonly points: Readonly<Record<string, Place>>
}

export type Case = {
  readonly name: string
  readonly course: Course
  readonly place: Place
  readonly victim: Victim
}

/** A call of the ledger of effects: its intent and its result are committed around it. */
function effect(
  name: string,
  key: RegExp,
  call: { readonly on: 'registry' | 'payment'; readonly path: RegExp; readonly skip?: number },
  course: Course = 'purchase',
): Effect {
  const { on, path, skip = 0 } = call
  const intent = storing(key, /insert into effect |update effect set state = 'sent'/i)
  const result = storing(key, /update "?effect"? set/i, ['ok', 'refused'])
  const matches: Trap['matches'] = (made) => made.method === 'POST' && path.test(made.path)
  return {
    name,
    course,
    points: {
      'before intent': { on: 'Postgres', at: 'arrived', matches: intent },
      'after intent': { on: 'Postgres', at: 'answered', matches: intent },
      'before call': { on, at: 'arrived', matches, skip },
      'after call': { on, at: 'answered', matches, skip },
      'before result': { on: 'Postgres', at: 'arrived', matches: result },
      'after result': { on: 'Postgres', at: 'answered', matches: result },
    },
  }
}

/** A question has no intent: asked again, it does no harm. */
function question(
  name: string,
  on: 'registry' | 'payment',
  matches: Trap['matches'],
  result: CommitTrap['matches'],
): Effect {
  return {
    name,
    course: 'purchase',
    points: {
      'before call': { on, at: 'arrived', matches },
      'after call': { on, at: 'answered', matches },
      'before result': { on: 'Postgres', at: 'arrived', matches: result },
      'after result': { on: 'Postgres', at: 'answered', matches: result },
    },
  }
}

/** A commit of the book is intent, call and result in one. */
function commit(name: string, holds: string, course: Course = 'purchase'): Effect {
  const matches: CommitTrap['matches'] = ({ sql, values }) =>
    sql.includes('commit_batch') && values.some((value) => value?.includes(holds))
  return {
    name,
    course,
    points: {
      'before call': { on: 'Postgres', at: 'arrived', matches },
      'after call': { on: 'Postgres', at: 'answered', matches },
    },
  }
}

function storing(key: RegExp, text: RegExp, states?: readonly string[]): CommitTrap['matches'] {
  return ({ sql, values }) =>
    text.test(sql) &&
    values.some((value) => value !== null && key.test(value)) &&
    (!states || values.some((value) => value !== null && states.includes(value)))
}

const changing =
  (table: string, told: string): CommitTrap['matches'] =>
  ({ sql, values }) =>
    new RegExp(`\\bupdate "${table}"`, 'i').test(sql) &&
    values.some((value) => value?.includes(told))

const at = (on: 'registry' | 'payment', path: RegExp, skip = 0) => ({ on, path, skip })

const EFFECTS: readonly Effect[] = [
  effect('create the payment', /:create$/, at('payment', /payment_intents$/)),
  effect('propose the first leg', /:propose:1:1$/, at('registry', /transactions$/)),
  effect('propose the second leg', /:propose:2:1$/, at('registry', /transactions$/, 1)),
  effect(
    'propose what takes the place of a refused leg',
    /:propose:3:1$/,
    at('registry', /transactions$/, 2),
    'matched again',
  ),
  effect('capture', /:capture$/, at('payment', /capture$/)),
  effect('complete the first leg', /:complete:1:1$/, at('registry', /complete$/)),
  effect('complete the second leg', /:complete:2:1$/, at('registry', /complete$/, 1)),
  effect('void', /:void$/, at('payment', /cancel$/), 'stopped'),
  effect('terminate a leg', /:terminate:1:1$/, at('registry', /terminate$/), 'capture refused'),
  effect('refund', /:refund$/, at('payment', /refunds$/), 'refused after the capture'),
  question(
    'look at the payment',
    'payment',
    ({ method, path }) => method === 'GET' && path.startsWith('/v1/payment_intents/'),
    changing('order', '"status":"requires_capture"'),
  ),
  question(
    'ask whether a leg is checked',
    'registry',
    ({ method, path, answer }) =>
      method === 'GET' && path.startsWith('/transactions/') && !/"status":1\b/.test(answer),
    changing('leg', 'checked'),
  ),
  commit('book: reserve', '"kind":"Reserve"'),
  commit('book: hold without end', '"kind":"ExtendReservation"'),
  commit('book: commit', '"kind":"CommitReservation"'),
  commit('book: release', '"kind":"ReleaseReservation"', 'stopped'),
  commit('book: suspend', '"kind":"SuspendOffer"', 'matched again'),
  commit('book: reserve in the place of a refused leg', '"replaced":[{', 'matched again'),
]

export const CASES: readonly Case[] = EFFECTS.flatMap(({ name, course, points }) =>
  Object.entries(points).flatMap(([point, place]) =>
    VICTIMS.map((victim) => ({ name: `${name} / ${point} / ${victim}`, course, place, victim })),
  ),
)

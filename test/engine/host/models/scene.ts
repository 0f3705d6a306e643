import type { BookEvent, Command, PlaceOffer, Reserve } from '@offset-button/engine'
import {
  type HostLimits,
  type MarketHost,
  type Peers,
  type SubmissionResult,
  startHost,
} from '@offset-button/engine-host'
import { ModelLease } from './model-lease.ts'
import { ModelStore } from './model-store.ts'
import { SimulatedNode } from './simulated-node.ts'
import { World } from './world.ts'

export const MARKET = 'usd'
export const TTL_MS = 3000

export type Actor = {
  readonly name: string
  readonly node: SimulatedNode
  readonly host: MarketHost<string>
  /** What the host logged. */
  readonly logged: string[]
}

/** One market's Store and lease, and the hosts that want it. What is stored with a submission is a name. */
export class Scene {
  readonly #arePeers: boolean
  readonly world = new World()
  readonly lease = new ModelLease(this.world, TTL_MS)
  readonly store = new ModelStore<string>()
  readonly actors: Actor[] = []

  /** With `peers` each host can look at the others. */
  constructor(options: { readonly peers?: boolean } = {}) {
    this.#arePeers = options.peers ?? false
  }

  start(name: string, limits: Partial<HostLimits> = {}): Actor {
    const node = new SimulatedNode(this.world, 1000 * this.actors.length)
    const logged: string[] = []
    const host = startHost<string>({
      market: MARKET,
      holder: name,
      clock: node.clock(),
      lease: node.lease(this.lease),
      store: node.store(this.store),
      ...(this.#arePeers ? { peers: this.#peersOf(node) } : {}),
      log: (event) => logged.push(event),
      ...limits,
    })
    const actor = { name, node, host, logged }
    this.actors.push(actor)
    return actor
  }

  /** Starts a host and waits until it holds the market. */
  async holder(name = 'a', limits: Partial<HostLimits> = {}): Promise<Actor> {
    const actor = this.start(name, limits)
    await this.world.run(10)
    return actor
  }

  /** Submits and lets time pass until the answer is there. */
  async settle(
    host: MarketHost<string>,
    commands: readonly [Command, ...Command[]],
    name?: string,
  ): Promise<SubmissionResult> {
    const pending = watch(host.submit(submission(commands, name)))
    for (let waited = 0; !pending.result && waited < 60_000; waited += 10) await this.world.run(10)
    if (!pending.result) throw new Error('There was no answer within a minute')
    return pending.result
  }

  #peersOf(node: SimulatedNode): Peers {
    return { look: (holder) => node.travel('look', () => this.#look(holder)) }
  }

  #look(holder: string): 'holding' | 'not holding' | 'gone' {
    const actor = this.actors.find(({ name }) => name === holder)
    if (!actor || actor.node.crashed()) return 'gone'
    if (actor.node.paused()) throw new Error(`${holder} does not answer`)
    return ['holding', 'rebuilding'].includes(actor.host.state()) ? 'holding' : 'not holding'
  }
}

export function submission(commands: readonly [Command, ...Command[]], name?: string) {
  return name === undefined ? { commands } : { commands, write: () => name }
}

export type Pending = { result?: SubmissionResult; error?: unknown }

/** Where the answer of a submission shows as soon as it is there. */
export function watch(answer: Promise<SubmissionResult>): Pending {
  const pending: Pending = {}
  answer.then(
    (result) => {
      pending.result = result
    },
    (error: unknown) => {
      pending.error = error
    },
  )
  return pending
}

export function eventsOf(result: SubmissionResult): readonly BookEvent[] {
  if (result.kind !== 'committed') throw new Error(`The submission is ${result.kind}`)
  return result.events
}

const ATTRIBUTES = {
  project: 1,
  host: 1,
  scope: 1,
  technology: 1,
  methodology: 1,
  vintage: 2015,
  unitType: 5,
}

export function place(quantityTonnes: number, priceMinor = 300): PlaceOffer {
  return { kind: 'PlaceOffer', seller: 1, attributes: ATTRIBUTES, priceMinor, quantityTonnes }
}

export function reserve(quantityTonnes: number): Reserve {
  return { kind: 'Reserve', query: { quantityTonnes, allOrNone: true }, expiresAt: 1000 }
}

export function release(reservation: number): Command {
  return { kind: 'ReleaseReservation', reservation }
}

export function commit(reservation: number): Command {
  return { kind: 'CommitReservation', reservation }
}

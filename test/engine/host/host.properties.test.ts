/**
 * Hosts under random trouble: one seed, virtual time. Calls are slow, lost before or after they took effect, or travel on
 * after they were given up; hosts are paused, stopped and started; wall clocks jump; the lease is forgotten. Then all heals.
 */
import type { BookEvent, Command } from '@offset-button/engine'
import type { MarketHost } from '@offset-button/engine-host'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandGenerator, Random } from '../generator.ts'
import { audit } from './models/audit.ts'
import {
  type Actor,
  commit,
  eventsOf,
  type Pending,
  place,
  release,
  Scene,
  submission,
  TTL_MS,
  watch,
} from './models/scene.ts'
import type { Call, Trip } from './models/simulated-node.ts'

const SEEDS = 300
const STEPS = 60
const PROFILE = { prices: 4, huge: false, placing: 3, maxFills: 1000 }

const it = suite('hosts under random trouble')

it('nothing is sold twice, and every answer is true', async () => {
  const seen = new Map<string, number>()
  for (let seed = 1; seed <= SEEDS; seed++) {
    try {
      const trouble = new Trouble(seed)
      await trouble.run()
      for (const kind of trouble.kinds()) seen.set(kind, (seen.get(kind) ?? 0) + 1)
    } catch (error) {
      throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error })
    }
  }
  // The seeds are worth nothing where one of these never happens.
  for (const kind of [
    'committed',
    'rejected',
    'unavailable',
    'unknown',
    'fenced',
    'landed unknown',
  ]) {
    assert.ok((seen.get(kind) ?? 0) > SEEDS / 20, `${kind}: in ${seen.get(kind) ?? 0} seeds only`)
  }
})

it.run()

type Sent = {
  readonly name: string
  readonly commands: readonly Command[]
  readonly pending: Pending
}

class Trouble {
  readonly #scene = new Scene()
  readonly #random: Random
  readonly #generator: CommandGenerator
  readonly #sent: Sent[] = []
  /** False in half of the seeds: then no two hosts ever show the market at once. */
  readonly #leaseForgets: boolean
  #healed = false

  constructor(seed: number) {
    this.#random = new Random(seed)
    this.#generator = new CommandGenerator(seed, PROFILE)
    this.#leaseForgets = this.#random.chance(50)
    this.#scene.world.witnesses.push(() => this.#watchHolders())
  }

  async run(): Promise<void> {
    for (const name of ['a', 'b', 'c']) this.#start(name)
    for (let step = 0; step < STEPS; step++) {
      for (let burst = this.#random.whole(0, 4); burst > 0; burst--) this.#submit()
      this.#disturb()
      await this.#scene.world.run(this.#random.whole(0, this.#random.chance(20) ? TTL_MS : 60))
    }
    await this.#heal()
    audit(this.#scene.store)
    this.#everyAnswerIsTrue()
  }

  /** What happened in this seed. */
  kinds(): Set<string> {
    const kinds = new Set<string>()
    const written = new Set(this.#scene.store.writes())
    for (const { name, pending } of this.#sent) {
      if (pending.result) kinds.add(pending.result.kind)
      if (pending.result?.kind === 'unknown' && written.has(name)) kinds.add('landed unknown')
    }
    if (this.#scene.actors.some(({ logged }) => logged.includes('commit.fenced')))
      kinds.add('fenced')
    return kinds
  }

  #start(name: string): void {
    const actor = this.#scene.start(name, {
      maxBatch: 5,
      answerTimeoutMs: 2 * TTL_MS,
      readTimeoutMs: 2 * TTL_MS,
    })
    actor.node.trips = (call) => this.#trip(call)
    actor.host.onCommit((_, events) => {
      for (const event of events) this.#generator.observe(event)
    })
  }

  #trip(call: Call): Trip {
    const random = this.#random
    const thereMs = random.whole(0, 20)
    const backMs = random.whole(0, 20)
    if (this.#healed || !random.chance(call === 'commit' ? 25 : 12)) return { thereMs, backMs }
    // A release that travels on may end a lease granted anew: the same as a lease that forgets.
    if (call === 'release' && !this.#leaseForgets) return { thereMs, backMs, lost: 'after' }
    return random.pick<Trip>([
      { thereMs, backMs, lost: 'before' },
      { thereMs, backMs, lost: 'after' },
      { thereMs: random.whole(0, 2 * TTL_MS), backMs },
      { thereMs, backMs: random.whole(0, 2 * TTL_MS) },
      { thereMs: random.whole(0, 2 * TTL_MS), failsAfterMs: random.whole(0, 100) },
      { thereMs, backMs: Number.POSITIVE_INFINITY },
    ])
  }

  #submit(): void {
    const { host, node } = this.#random.pick(this.#scene.actors)
    if (node.paused()) return
    const commands = this.#commands()
    const name = `submission ${this.#sent.length}`
    const pending = watch(host.submit(submission(commands, name)))
    this.#sent.push({ name, commands, pending })
  }

  #commands(): [Command, ...Command[]] {
    const commands: [Command, ...Command[]] = [this.#generator.next()]
    if (this.#random.chance(70)) return commands
    const end = this.#random.pick([commit, release])
    for (let more = this.#random.whole(1, 3); more > 0; more--) {
      const roll = this.#random.whole(1, 3)
      if (roll === 1) commands.push(place(this.#random.whole(1, 50), 100))
      else if (roll === 2) commands.push(end(this.#random.whole(1, 30)))
      else commands.push(this.#generator.next())
    }
    return commands
  }

  #disturb(): void {
    const random = this.#random
    const { node, host } = random.pick(this.#scene.actors)
    if (random.chance(6)) node.pause()
    if (random.chance(12)) node.resume()
    if (random.chance(5)) node.wallJumpMs = random.whole(-10 * TTL_MS, 10 * TTL_MS)
    if (random.chance(2) && !node.paused()) void host.stop()
    if (random.chance(3)) this.#start(`node ${this.#scene.actors.length}`)
    if (this.#leaseForgets && random.chance(4)) this.#scene.lease.flush()
  }

  async #heal(): Promise<void> {
    this.#healed = true
    for (const { node } of this.#scene.actors) node.resume()
    this.#scene.start('fresh')
    await this.#scene.world.run(10 * TTL_MS)
    // A mint that travelled on may have left the holder a stale epoch, which its next commit finds out.
    await this.#scene.settle(this.#holder(), [place(1)])
    await this.#scene.world.run(10 * TTL_MS)
    const host = this.#holder()
    eventsOf(await this.#scene.settle(host, [place(1)], 'healed'))
    const stored = this.#scene.store.readBook('').book
    const shown = host.read((book) => book.state())
    assert.equal(shown?.nextReservation, stored.nextReservation)
    assert.equal(shown?.offers.length, stored.offers.length)
    for (const actor of this.#scene.actors) void actor.host.stop()
    await this.#scene.world.run(TTL_MS)
    for (const actor of this.#scene.actors) assert.is(actor.host.state(), 'stopped')
  }

  #holder(): MarketHost<string> {
    const holders = this.#scene.actors.filter(({ host }) => host.state() === 'holding')
    assert.is(holders.length, 1, `${holders.length} hosts hold the market after all healed`)
    return (holders[0] as Actor).host
  }

  #watchHolders(): void {
    if (this.#leaseForgets) return
    const showing = this.#scene.actors.filter((actor: Actor) => actor.host.read(() => true))
    const names = showing.filter(({ node }) => !node.paused()).map(({ name }) => name)
    assert.ok(names.length <= 1, `${names.join(' and ')} show the market at once`)
  }

  /** Acknowledged: in the Store, at its place, with these events. Rejected or unavailable: not in the Store at all. */
  #everyAnswerIsTrue(): void {
    const stored = new Map(
      this.#scene.store.journal.flatMap(({ batchSeq, journal, writes }) =>
        writes.map(({ write, position }) => [write, { batchSeq, position, journal }] as const),
      ),
    )
    for (const { name, commands, pending } of this.#sent) {
      const { result } = pending
      const found = stored.get(name)
      assert.ok(result, `${name} was never answered: ${String(pending.error)}`)
      if (result.kind === 'committed') {
        assert.ok(found, `${name} was acknowledged and is not stored`)
        const { batchSeq, position } = found
        assert.equal({ batchSeq, position }, result.place)
        const events = found.journal.slice(position, position + commands.length)
        same(
          events.map((entry) => entry.event),
          result.events,
          name,
        )
      } else if (result.kind !== 'unknown') {
        assert.not(found, `${name} was ${result.kind} and is stored`)
      }
    }
    assert.is(new Set(this.#scene.store.writes()).size, this.#scene.store.writes().length)
  }
}

function same(stored: readonly BookEvent[], told: readonly BookEvent[], name: string): void {
  assert.is(text(stored), text(told), `${name} was told other events than are stored`)
}

function text(events: readonly BookEvent[]): string {
  return JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

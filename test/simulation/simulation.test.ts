import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DISTURBANCES } from './faults.ts'
import { keptSeeds } from './kept-seeds.ts'
import { runSeeds } from './seeds.ts'
import { simulate } from './simulation.ts'

const SEEDS = 2_000

const simulation = suite('a simulated market')

simulation(`no invariant is broken in ${SEEDS} seeds, and all that can go wrong does`, async () => {
  const { seen, failed, faults } = await runSeeds(1, SEEDS)
  assert.equal(
    failed.map(({ seed, violations }) => ({ seed, violations })),
    [],
  )
  assert.ok(faults > 15 * SEEDS, `only ${faults} faults`)
  const often = [
    ...DISTURBANCES,
    'lease.kept',
    'market.taken',
    'commit.unknown',
    'effect unknown',
    'alarm lost',
    'event lost',
    'event doubled',
    'event late',
    'fill replaced',
    'store: given up, and travels on',
    'registry: lost before',
    'registry: lost after',
    'payment: lost after',
    'order closed',
    'order declined',
    'order expired',
    'order rejected',
    'leg refused',
    'refused: NotEnoughAvailable',
  ]
  for (const kind of often) {
    assert.ok((seen.get(kind) ?? 0) > SEEDS / 50, `${kind}: in ${seen.get(kind) ?? 0} seeds only`)
  }
  for (const kind of ['commit.fenced', 'leg refunded', 'money refunded']) {
    assert.ok((seen.get(kind) ?? 0) > 2, `${kind}: in ${seen.get(kind) ?? 0} seeds only`)
  }
})

simulation('seeds that have failed once do not fail again', async () => {
  for (const seed of keptSeeds()) {
    assert.equal((await simulate(seed)).violations, [], `seed ${seed}`)
  }
})

simulation('the same seed leaves the same trace, another one another', async () => {
  const hashes = new Set<string>()
  for (let seed = 1; seed <= 20; seed++) {
    const { hash, lines } = await simulate(seed, true)
    assert.is((await simulate(seed)).hash, hash, `seed ${seed}`)
    assert.ok(lines.length > 100)
    hashes.add(hash)
  }
  assert.is(hashes.size, 20)
})

simulation.run()

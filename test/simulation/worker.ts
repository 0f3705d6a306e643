/** A process that runs every n-th chunk of seeds for `main.ts`, and tells it of each chunk. */
import { runSeeds } from './seeds.ts'

// Most errors here are planned, and nobody reads where they were made.
Error.stackTraceLimit = 0

type Chunk = { readonly first: number; readonly count: number }

process.on('message', async (chunk: Chunk) => {
  const tally = await runSeeds(chunk.first, chunk.count)
  process.send?.({ ...tally, first: chunk.first, seen: [...tally.seen] })
})
process.on('disconnect', () => process.exit())

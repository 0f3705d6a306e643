import { type RunningApi, startApi } from './api.ts'
import { readConfiguration } from './configuration.ts'

/** The API with its worker: configuration from the environment, `listening <url>` when it answers. */
const read = readConfiguration(process.env)
if (read.kind === 'refused') {
  console.error(read.sentence)
  process.exit(1)
}

const api: RunningApi = await startApi(read.configuration).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
console.log(`listening ${api.url}`)

let isStopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    void api.stop().then(() => process.exit(0))
  })
}

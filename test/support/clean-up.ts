/** Anything that is open until it is closed: a server, a pool, a browser, a database. */
type Closable =
  | (() => unknown)
  | { close(): unknown }
  | { stop(): unknown }
  | { end(): unknown }
  | { destroy(): unknown }

/** The part of a uvu suite that is needed here. */
interface Suite {
  after(hook: () => Promise<void>): void
}

const CLOSE_WITHIN_MS = 20_000

/**
 * Closes what a suite opened. `const keep = cleanUp(suite)`, then wrap whatever is opened:
 * `const database = keep(await freshDatabase())`. After the suite's last test everything is closed,
 * the last opened first, whether tests failed or not; what does not close within 20 s fails the suite.
 */
export function cleanUp(suite: Suite): <Resource extends Closable>(resource: Resource) => Resource {
  const open: Closable[] = []
  suite.after(async () => {
    const failures: unknown[] = []
    for (const resource of open.splice(0).reverse()) {
      await closed(resource).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.')
  })
  return (resource) => {
    open.push(resource)
    return resource
  }
}

async function closed(resource: Closable): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Something did not close in 20 s.')), CLOSE_WITHIN_MS)
  })
  try {
    await Promise.race([close(resource), late])
  } finally {
    clearTimeout(timer)
  }
}

/** A Node server closes by a callback and waits for its connections, which are ended first. */
async function close(resource: Closable): Promise<void> {
  if (typeof resource === 'function') await resource()
  else if ('closeAllConnections' in resource && 'close' in resource) {
    const server = resource as unknown as import('node:http').Server
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  } else if ('close' in resource) await resource.close()
  else if ('stop' in resource) await resource.stop()
  else if ('end' in resource) await resource.end()
  else await resource.destroy()
}

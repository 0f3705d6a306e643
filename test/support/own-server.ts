import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Child } from '@offset-button/demo-site/start/child-process'

/** A server that a test file which runs alone starts for itself. */
interface Server {
  readonly child: Child | undefined
  stop(): Promise<void>
}

/** A new folder of this process in the system's place for temporary files; it goes when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offset-button-test-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/**
 * Lets a server live as long as the test file: it does not keep the process from ending, and it is
 * stopped, and what it left removed, when nothing is left to do or when the process is made to end.
 */
export function endWithProcess(server: Server, remove: () => void = () => undefined): void {
  server.child?.unref()
  process.once('beforeExit', async () => {
    await server.stop()
  })
  process.once('exit', () => {
    if (server.child && !server.child.exit) server.child.signal('SIGKILL')
    remove()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Child } from '@offset-button/demo-site/start/child-process'

/** A server that a test file which runs alone starts for itself. */
interface Server {
  readonly child: Child | undefined
  stop(): Promise<void>
}

/** A new folder of this process in the system's place for temporary files; the caller removes it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'offset-button-test-'))
}

/**
 * Lets a server live as long as the test file: it does not keep the process from ending, and it is
 * stopped, and its folder removed, when nothing is left to do or when the process is made to end.
 */
export function endWithProcess(server: Server, folder: string, remove: () => void): void {
  server.child?.unref()
  process.once('beforeExit', async () => {
    await server.stop()
  })
  process.once('exit', () => {
    if (server.child && !server.child.exit) server.child.signal('SIGKILL')
    remove()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
}

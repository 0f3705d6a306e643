import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Child } from '@offset-button/demo-site/start/child-process'

/** A server that a test file which runs alone starts for itself. */
interface Server {
  readonly child: Child | undefined
  stop(): Promise<void>
}

const folders: string[] = []

/** A new folder of this process in the system's place for temporary files; it goes when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offset-button-test-'))
  if (folders.length === 0) process.once('exit', removeFolders)
  folders.push(folder)
  return folder
}

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
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

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What tells one process from a later one that was given the same id: the boot and the tick it
 * started in. Undefined when there is no such process (any more).
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined
  return process.platform === 'linux' ? linuxIdentity(pid) : posixIdentity(pid)
}

/** True when `pid` is still the process whose identity was noted down. */
export function isSameProcess(pid: number, identity: string): boolean {
  return processIdentity(pid) === identity
}

/** The command line of a process, arguments separated by spaces; empty when it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'args=')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Resolves to true once the process has ended, or to false after `withinMs` milliseconds. */
export async function hasEnded(pid: number, identity: string, withinMs: number): Promise<boolean> {
  for (let waited = 0; isSameProcess(pid, identity); waited += 50) {
    if (waited >= withinMs) return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A process that has ended but was not yet collected by its parent (state Z) counts as gone. */
function linuxIdentity(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in brackets and may hold blanks; state is the third field of all,
    // the start in ticks since boot the twenty-second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `${boot} ${fields[19]}`
  } catch {
    return undefined
  }
}

function posixIdentity(pid: number): string | undefined {
  return ps(pid, 'lstart=') || undefined
}

function ps(pid: number, format: string): string {
  return (
    spawnSync('ps', ['-o', format, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
  )
}

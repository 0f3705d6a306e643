import { spawn } from 'node:child_process'

/** How one test file went. */
export interface TestFileResult {
  readonly passed: number
  /** At least 1 when anything was wrong with the file as a whole. */
  readonly failed: number
  /** What was wrong with the file as a whole, as a clause; undefined when only its tests count. */
  readonly trouble: string | undefined
  readonly milliseconds: number
  /** All that it printed. */
  readonly output: string
}

const END_WITHIN_MS = 15_000

/**
 * Runs one uvu file as a process and a process group of its own, for at most `withinMs`. A file that
 * crashes, runs no test, leaves a test out or does not end is a failure of that file.
 */
export async function runTestFile(
  file: string,
  withinMs: number,
  env: Readonly<Record<string, string>>,
): Promise<TestFileResult> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    env: { ...process.env, ...env, FORCE_COLOR: '0', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  running.add(child.pid)
  let isLate = false
  let insist: NodeJS.Timeout | undefined
  const timer = setTimeout(() => {
    isLate = true
    signalGroup(child.pid, 'SIGTERM')
    insist = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), END_WITHIN_MS)
  }, withinMs)
  const end = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`it could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      // What it started may still hold the pipes: end it, so that nothing of a test outlives it.
      signalGroup(child.pid, 'SIGKILL')
      setTimeout(() => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`), 20)
    })
  })
  clearTimeout(timer)
  clearTimeout(insist)
  running.delete(child.pid)
  const late = `it was still running after ${withinMs / 1000} s`
  return { ...judge(output, isLate ? late : end), milliseconds: performance.now() - began, output }
}

/** Ends every test file that runs now, with what it started. */
export function endTestFiles(): void {
  for (const pid of running) signalGroup(pid, 'SIGKILL')
}

const running = new Set<number | undefined>()

/** Reads uvu's closing lines: `Total`, `Passed`, `Skipped`. */
function judge(
  output: string,
  end: string | undefined,
): Pick<TestFileResult, 'passed' | 'failed' | 'trouble'> {
  const count = (word: string): number | undefined => {
    const line = [...output.matchAll(new RegExp(`^ {2}${word}: +(\\d+)`, 'gm'))].at(-1)
    return line ? Number(line[1]) : undefined
  }
  const total = count('Total') ?? 0
  const passed = count('Passed') ?? 0
  const skipped = count('Skipped') ?? 0
  const failed = total - passed
  if (total === 0) return { passed, failed: 1, trouble: end ?? 'it ran no test' }
  if (skipped > 0) return { passed, failed: failed + skipped, trouble: `it skipped ${skipped}` }
  if (end !== undefined && failed === 0) return { passed, failed: 1, trouble: end }
  return { passed, failed, trouble: failed > 0 ? `${failed} of ${total} failed` : undefined }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}

/** Work in a process of its own, so that neither heap nor compiled code of one measurement weighs on another. */
import { type ChildProcess, fork } from 'node:child_process'

/** A process that answers one request at a time. */
export interface Worker<Request, Answer> {
  /** Rejects when the process ends instead of answering; what it had to say stands on stderr. */
  ask(request: Request): Promise<Answer>
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a file that calls `answerWith`, with flags for Node. */
export function startWorker<Request, Answer>(
  file: string,
  flags: readonly string[] = [],
): Worker<Request, Answer> {
  const child = fork(file, [], { execArgv: [...flags] })
  running.add(child)
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? code))
  }).finally(() => running.delete(child))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        child.once('message', (answer) => resolve(answer as Answer))
        ended.then((end) => reject(new Error(`A measuring process ended with ${end}.`)))
        child.send(request as object)
      }),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Asks a process of its own one thing, and ends it. */
export async function askOnce<Request, Answer>(
  file: string,
  request: Request,
  flags: readonly string[] = [],
): Promise<Answer> {
  const worker = startWorker<Request, Answer>(file, flags)
  try {
    return await worker.ask(request)
  } finally {
    await worker.stop()
  }
}

/** In the worker: answers every request, until the process that asks is gone. */
export function answerWith<Request, Answer>(
  answer: (request: Request) => Answer | Promise<Answer>,
): void {
  process.on('message', async (request) => process.send?.(await answer(request as Request)))
  process.on('disconnect', () => process.exit())
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, Middleware } from 'koa'
import type { Call, Fault } from './wire.ts'

export type Faults = {
  /** Plants a fault; earlier ones of the same call come first. */
  plant(fault: Fault): void
  clear(): void
  readonly middleware: Middleware
}

const PATHS: readonly (readonly [call: Call, method: string, path: RegExp])[] = [
  ['description', 'GET', /^\/description$/],
  ['state', 'GET', /^\/state$/],
  ['holdings', 'GET', /^\/accounts\/[^/]+\/holdings$/],
  ['earmark', 'POST', /^\/earmarks$/],
  ['release', 'DELETE', /^\/earmarks\/[^/]+$/],
  ['propose', 'POST', /^\/transactions$/],
  ['transaction', 'GET', /^\/transactions(\/[^/]+)?$/],
  ['complete', 'POST', /^\/transactions\/[^/]+\/complete$/],
  ['terminate', 'POST', /^\/transactions\/[^/]+\/terminate$/],
]

/** Lost and late replies on demand. Kept in memory: they end with the process. */
export function createFaults(): Faults {
  const planted: { fault: Fault; timesLeft: number }[] = []

  const take = (call: Call): Fault | null => {
    const index = planted.findIndex(({ fault }) => fault.call === call)
    const found = planted[index]
    if (found === undefined) return null
    found.timesLeft -= 1
    if (found.timesLeft === 0) planted.splice(index, 1)
    return found.fault
  }

  return {
    plant(fault) {
      planted.push({ fault, timesLeft: fault.times })
    },
    clear() {
      planted.length = 0
    },
    async middleware(context, next) {
      const call = callOf(context.method, context.path)
      const fault = call === null ? null : take(call)
      if (fault === null) return next()
      if (fault.when === 'after') await next()
      if (fault.action === 'drop') return cut(context)
      await sleep(fault.delay_ms)
      if (fault.when === 'before') await next()
    },
  }
}

function callOf(method: string, path: string): Call | null {
  const found = PATHS.find(([, ofCall, form]) => ofCall === method && form.test(path))
  return found?.[0] ?? null
}

/** The caller sees a connection that broke; it cannot tell what happened before. */
function cut(context: Context): void {
  context.respond = false
  context.req.socket.destroy()
}

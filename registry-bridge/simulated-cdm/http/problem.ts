import { STATUS_CODES } from 'node:http'
import type { Context, Next } from 'koa'
import { z } from 'zod'
import type { ProblemReply } from '../../cdm-http/wire.ts'
import { messageOf, type ResponseCode } from '../../response-code.ts'
import type { Outcome } from '../outcome.ts'

/** A request that cannot be read: 400, or 413 where it is too long. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly status: 400 | 413

  constructor(message: string, status: 400 | 413 = 400) {
    super(message)
    this.status = status
  }
}

/** Answers with a problem (RFC 9457). Without response codes it is no definite answer of the registry. */
export function sendProblem(
  context: Context,
  status: number,
  detail: string,
  codes: readonly ResponseCode[] = [],
): void {
  const title = STATUS_CODES[status] ?? 'Problem'
  const problem: ProblemReply = {
    type: 'about:blank',
    title,
    status,
    detail,
    codes: [...codes],
    simulated: true,
  }
  context.status = status
  context.body = problem
  context.type = 'application/problem+json'
}

/** Sends what a request came to: `show` makes the body of an answer. */
export async function sendOutcome<T>(
  context: Context,
  outcome: Outcome<T>,
  show: (value: T) => object | Promise<object>,
): Promise<void> {
  if (outcome.kind === 'ok') sendReply(context, await show(outcome.value))
  else sendProblem(context, statusOf(outcome.codes), messageOf(outcome.codes), outcome.codes)
}

/** Every answer says that it is simulated. */
export function sendReply(context: Context, body: object): void {
  context.body = { simulated: true, ...body }
}

/** Outermost: turns what was thrown into a problem. A 500 says nothing and logs everything. */
export async function answerProblems(context: Context, next: Next): Promise<void> {
  context.set('X-Simulated', 'true')
  try {
    await next()
    if (context.status === 404 && context.body === undefined && context.respond !== false)
      sendProblem(context, 404, 'There is nothing at this address.')
  } catch (error) {
    if (error instanceof Unreadable) {
      if (error.status === 413) context.set('Connection', 'close')
      sendProblem(context, error.status, error.message, [9000])
    } else if (error instanceof z.ZodError) {
      sendProblem(context, 400, z.prettifyError(error), [9000])
    } else {
      console.error(`${context.method} ${context.path} failed.`, error)
      sendProblem(context, 500, 'Something went wrong here.')
    }
  }
}

function statusOf(codes: readonly ResponseCode[]): number {
  if (codes.some((code) => code === 1002 || code === 9003 || code === 9009)) return 404
  return codes.includes(9002) ? 409 : 422
}

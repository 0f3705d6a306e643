import type Router from '@koa/router'
import { problemCode } from '@offset-button/contract'
import { z } from 'zod'
import { readerOf, sendPage } from '../pages/pages.routes.ts'
import { problemCodePage } from '../pages/problem-page.ts'
import type { Described } from './openapi.ts'
import { problemOf } from './refusal.ts'
import { validate } from './validate.ts'

const problemParams = z.strictObject({ code: problemCode })

/** What a code means: the address that `type` of a problem gives (RFC 9457). */
const problemType = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: problemCode,
    retryable: z.boolean(),
    remedy: z.string(),
  })
  .meta({ id: 'ProblemType' })

export const PROBLEM_TYPE: Described = {
  method: 'get',
  path: '/problems/{code}',
  operation: 'readProblem',
  summary: 'What a code means: the address that `type` of a problem gives',
  caller: 'anybody',
  params: problemParams,
  status: 200,
  media: ['application/json', 'text/html'],
  result: problemType,
  problems: ['not_found'],
}

export function mountProblemTypes(router: Router, options: { readonly test: boolean }): void {
  router.get('/problems/:code', (context) => {
    const { code } = validate(problemParams, context.params, 'not_found')
    const { detail: _, ...type } = problemOf(code)
    context.vary('Accept')
    if (context.accepts('json', 'html') === 'html') {
      const reader = readerOf(context)
      sendPage(context, reader, problemCodePage(reader, type, options))
    } else context.body = problemType.parse(type)
  })
}

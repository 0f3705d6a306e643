import type Router from '@koa/router'
import type { Problem } from '@offset-button/contract'
import type { Context } from 'koa'
import { type Application, readBook } from '../application.ts'
import { readFilterQuery } from '../market/attributes.ts'
import { marketView } from '../market/market.ts'
import { PAGE_ASSETS, PAGE_SECURITY_POLICY } from './assets.ts'
import { codeOfTag, languageOf } from './language.ts'
import { marketPage } from './market-page.ts'
import { PROJECTS_PER_PAGE, readMarketQuery } from './market-query.ts'
import { errorPage, notFoundPage } from './problem-page.ts'
import type { Reader } from './reader.ts'

/** The hosted pages: the market at `/`, and the files that pages refer to. */
export function mountPages(router: Router, application: Application): void {
  router.get('/', async (context) => {
    const query = readMarketQuery(context.query)
    const filter = readFilterQuery(query.filter)
    const market = await marketView(application, filter)
    const projects = readBook(application, (book) =>
      application.views.projects(book, application.host.batchSeq(), filter, {
        offset: query.offset,
        limit: PROJECTS_PER_PAGE,
      }),
    )
    const reader = readerOf(context)
    sendPage(context, reader, marketPage(reader, market, projects, query))
  })
  for (const asset of PAGE_ASSETS) {
    router.get(asset.path, (context) => {
      context.type = asset.type
      context.set('Cache-Control', 'public, max-age=31536000, immutable')
      context.body = asset.body
    })
  }
}

/**
 * The language of an answer: the one that the address names as `lang`, the last where it names more; else the one that the
 * buyer `agreed` in, where there is an order; else the best of what the browser accepts; else English.
 */
export function readerOf(
  context: Context,
  known: { readonly agreed?: string; readonly here?: string } = {},
): Reader {
  const asked = codeOfTag([context.query.lang].flat().at(-1) ?? '')
  const agreed = codeOfTag(known.agreed ?? '')
  const accepted =
    context
      .acceptsLanguages()
      .map(codeOfTag)
      .find((one) => one !== null) ?? 'en'
  const code = asked ?? agreed ?? accepted
  return {
    language: languageOf(code),
    isKept: asked !== null || code !== accepted,
    here: known.here ?? addressOf(context),
  }
}

/** Path and query as they were asked for; what was sent, or would lead to another host, has none to come back to. */
const addressOf = ({ method, url }: Context): string =>
  ['GET', 'HEAD'].includes(method) && /^\/(?![/\\])/.test(url) ? url : '/'

export function sendPage(
  context: Context,
  { language }: Reader,
  html: string,
  policy = PAGE_SECURITY_POLICY,
): void {
  context.type = 'text/html; charset=utf-8'
  context.vary('Accept-Language')
  context.set('Content-Language', language.code)
  context.set('Content-Security-Policy', policy)
  context.set('Referrer-Policy', 'no-referrer')
  context.body = html
}

/** People who meet a problem outside /v1 get a page, and true comes back; programs get the problem. */
export function sendProblemPage(
  context: Context,
  problem: Problem,
  options: { readonly test: boolean },
): boolean {
  if (context.path.startsWith('/v1/')) return false
  context.vary('Accept')
  if (context.accepts('json', 'html') !== 'html') return false
  const reader = readerOf(context)
  const markup =
    problem.status === 404 ? notFoundPage(reader, options) : errorPage(reader, problem, options)
  sendPage(context, reader, markup)
  return true
}

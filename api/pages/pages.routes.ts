import type Router from '@koa/router'
import type { Problem } from '@offset-button/contract'
import type { Context } from 'koa'
import { type Application, readBook } from '../application.ts'
import { readFilterQuery } from '../market/attributes.ts'
import { marketView } from '../market/market.ts'
import { PAGE_ASSETS, PAGE_SECURITY_POLICY } from './assets.ts'
import { marketPage } from './market-page.ts'
import { PROJECTS_PER_PAGE, readMarketQuery } from './market-query.ts'
import { errorPage, notFoundPage } from './problem-page.ts'

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
    sendPage(context, marketPage(market, projects, query))
  })
  for (const asset of PAGE_ASSETS) {
    router.get(asset.path, (context) => {
      context.type = asset.type
      context.set('Cache-Control', 'public, max-age=31536000, immutable')
      context.body = asset.body
    })
  }
}

export function sendPage(context: Context, html: string, policy = PAGE_SECURITY_POLICY): void {
  context.type = 'text/html; charset=utf-8'
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
  sendPage(context, problem.status === 404 ? notFoundPage(options) : errorPage(problem, options))
  return true
}

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Router from '@koa/router'
import Koa, { type Context } from 'koa'
import type { Configuration } from './configuration.ts'
import { contentSecurityPolicy, withoutScripts } from './content-security-policy.ts'
import { arabicPage } from './page/arabic.ts'
import { articlePage } from './page/article.ts'
import { readBasket } from './page/basket.js'
import { checkoutPage } from './page/checkout.ts'
import { indexPage } from './page/index-page.ts'
import { makePage } from './page/make.ts'
import { marketPage } from './page/market.ts'
import { minutesPage } from './page/minutes.ts'
import { demoReadings, readingsCsv } from './page/readings.ts'
import { notFoundPage } from './page/trust.ts'
import { widgetFile } from './widget-files.ts'

const ASK_AGAIN = 'no-cache'
const FOR_EVER = 'public, max-age=31536000, immutable'

/** The host pages' server: the pages, what they link, and the widget's files. It keeps no state and sets no cookie. */
export function demoSite(configuration: Configuration): Koa {
  const fixed = {
    '/': ['text/html', indexPage(configuration)],
    '/article': ['text/html', articlePage(configuration)],
    '/ar': ['text/html', arabicPage(configuration)],
    '/market': ['text/html', marketPage(configuration)],
    '/page.css': ['text/css', readPageFile('page.css')],
    '/shop.css': ['text/css', readPageFile('shop.css')],
    '/own.css': ['text/css', readPageFile('own.css')],
    '/checkout.js': ['text/javascript', readPageFile('checkout.js')],
    '/basket.js': ['text/javascript', readPageFile('basket.js')],
    '/make.js': ['text/javascript', readPageFile('make.js')],
    '/snippet.js': ['text/javascript', readPageFile('snippet.js')],
    '/icon.svg': ['image/svg+xml', readPageFile('icon.svg')],
    '/readings.csv': ['text/csv', readingsCsv(demoReadings())],
  } as const
  const router = new Router()
  for (const [path, [type, content]] of Object.entries(fixed))
    router.get(path, (context) => send(context, type, content, ASK_AGAIN))
  router.get('/checkout', (context) => {
    send(context, 'text/html', checkoutPage(configuration, readBasket(context.query)), ASK_AGAIN)
  })
  router.get('/make', (context) => {
    const fields = Object.entries(context.query).map(([name, value]) => [
      name,
      [value].flat().join(),
    ])
    send(context, 'text/html', makePage(configuration, Object.fromEntries(fields)), ASK_AGAIN)
  })
  router.get('/minutes', (context) => {
    context.set('Content-Security-Policy', withoutScripts())
    send(context, 'text/html', minutesPage(configuration), ASK_AGAIN)
  })
  router.get('/:name', async (context, next) => {
    const file = await widgetFile(String(context.params.name))
    if (file === null) return next()
    send(context, 'text/javascript', file.content, file.immutable ? FOR_EVER : ASK_AGAIN)
  })

  const app = new Koa()
  const policy = contentSecurityPolicy(configuration)
  app.use(async (context, next) => {
    context.set('Content-Security-Policy', policy)
    context.set('X-Content-Type-Options', 'nosniff')
    context.set('Referrer-Policy', 'strict-origin-when-cross-origin')
    await next()
    if (context.status === 404) sendNotFound(context)
  })
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}

function send(context: Context, type: string, content: string | Buffer, caching: string): void {
  context.type = type
  context.set('Cache-Control', caching)
  context.set('ETag', `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`)
  context.status = 200
  if (context.fresh) context.status = 304
  else context.body = content
}

function sendNotFound(context: Context): void {
  context.type = 'text/html'
  context.body = notFoundPage()
  context.status = 404
}

function readPageFile(name: string): string {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')
}

import Router from '@koa/router'
import Koa from 'koa'
import type { Application } from '../application.ts'
import {
  CERTIFICATE_PAGES,
  certificateEndpoints,
  mountCertificatePages,
} from '../certificate/certificate.routes.ts'
import { marketEndpoints } from '../market/market.routes.ts'
import { MARKET_EVENTS, mountMarketEvents } from '../market/market-events.routes.ts'
import { METRICS, mountMetrics } from '../metrics/metrics.routes.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { countRequests } from '../metrics/requests.middleware.ts'
import { offerEndpoints } from '../offer/offer.routes.ts'
import { operatorEndpoints } from '../operator/operator.routes.ts'
import {
  CANCELLATION_EVENTS,
  cancellationEndpoints,
  mountCancellationEvents,
} from '../order/cancellations.routes.ts'
import { mountOrderEvents, ORDER_EVENTS, orderEndpoints } from '../order/order.routes.ts'
import type { OrderChanges } from '../order/order-changes.ts'
import { mountPages, sendProblemPage } from '../pages/pages.routes.ts'
import { mountPurchasePages, PURCHASE_PAGES } from '../pages/purchase.routes.ts'
import { mountPaymentWebhook, PAYMENT_WEBHOOK } from '../payment/payment.routes.ts'
import { createCallers } from './callers.ts'
import { cors } from './cors.middleware.ts'
import { mount } from './endpoint.ts'
import { forwardToHolder } from './forward.middleware.ts'
import { HEALTH, mountHealth } from './health.routes.ts'
import { openApiDocument } from './openapi.ts'
import { problems } from './problem.middleware.ts'
import { mountProblemTypes, PROBLEM_TYPE } from './problem.routes.ts'

/** All of the API behind one address: programs under /v1, people everywhere else. */
export function buildServer(
  application: Application,
  changes: OrderChanges,
  options: {
    readonly operatorToken: string
    readonly metrics: Metrics
    /** This node's address, and how to learn that of the market's holder. */
    readonly nodes: { readonly own: string; readonly holder: () => Promise<string | null> }
    /** Whether this node has done what it does before it serves. */
    readonly hasStarted: () => boolean
  },
): Koa {
  const { clock, db, log, payment, publicUrl } = application
  const callers = createCallers(db, {
    operatorToken: options.operatorToken,
    ownOrigin: new URL(publicUrl).origin,
    now: clock.now,
  })
  const endpoints = [
    ...marketEndpoints(application),
    ...orderEndpoints(application),
    ...cancellationEndpoints(application),
    ...certificateEndpoints(application),
    ...offerEndpoints(application),
    ...operatorEndpoints(application),
  ]
  const router = new Router()
  for (const endpoint of endpoints) mount(router, callers, endpoint)
  mountOrderEvents(router, callers, application, changes)
  mountMarketEvents(router, callers, application, options.nodes)
  mountCancellationEvents(router, callers, application)
  mountPaymentWebhook(router, application)
  mountCertificatePages(router, application)
  mountPages(router, application)
  mountPurchasePages(router, application)
  mountHealth(router, application, options.hasStarted)
  mountMetrics(router, callers, options.metrics)
  mountProblemTypes(router, { test: payment.test })
  const document = openApiDocument(
    [
      ...endpoints,
      ORDER_EVENTS,
      MARKET_EVENTS,
      CANCELLATION_EVENTS,
      PAYMENT_WEBHOOK,
      ...CERTIFICATE_PAGES,
      ...PURCHASE_PAGES,
      ...HEALTH,
      METRICS,
      PROBLEM_TYPE,
    ],
    publicUrl,
  )
  router.get('/openapi.json', (context) => {
    context.body = document
  })

  const server = new Koa()
  server.on('error', (error) => log.warn({ err: error }, 'a response was cut off'))
  server.use(countRequests(options.metrics, router))
  server.use(
    problems({
      log,
      sendPage: (context, problem) => sendProblemPage(context, problem, { test: payment.test }),
    }),
  )
  server.use(cors)
  const serve = router.routes()
  server.use(
    forwardToHolder(application, options.nodes, (context) =>
      serve(context as Parameters<typeof serve>[0], async () => undefined),
    ),
  )
  return server
}

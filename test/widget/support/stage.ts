import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import { launchBrowser } from '../../support/chromium.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { startFakeApi } from './fake-api.ts'
import { startHostPage } from './host-page.ts'
import type { Scenario } from './scenario.ts'
import { tagOf } from './tag.ts'
import { type Visitor, visit } from './visitor.ts'

type Suite = Parameters<typeof cleanUp>[0] & {
  readonly before: { each(hook: () => void): void }
  readonly after: { each(hook: () => Promise<void>): void }
}
type Page = Partial<Parameters<Awaited<ReturnType<typeof startHostPage>>['show']>[0]>

export const GOOD_CARD = '4242424242424242'
export const DECLINED_CARD = '4000000000000002'
export const BANK_CARD = '4000000000003220'

export type Stage = Awaited<ReturnType<typeof setStage>>

/** The built element, a fake API, somebody's page and a browser: closed again with the suite. */
export const setStage = async (suite: Suite) => {
  const keep = cleanUp(suite as Parameters<typeof cleanUp>[0])
  await buildWidget()
  const api = keep(await startFakeApi())
  const host = keep(await startHostPage())
  const browser = keep(await launchBrowser())
  const visitors: Visitor[] = []
  suite.before.each(() => api.reset())
  suite.after.each(async () => {
    for (const visitor of visitors.splice(0)) await visitor.close()
  })

  const arrive = async (attributes = 'tonnes="12"', page: Page = {}, width = 1280) => {
    host.show({ body: tagOf(api.origin, attributes), ...page })
    const visitor = await visit(browser, host.url, width)
    visitors.push(visitor)
    return visitor
  }
  /** A visitor who stands before the card form. */
  const arriveAtPayment = async (scenario: Partial<Scenario> = {}, attributes?: string) => {
    api.reset(scenario)
    const visitor = await arrive(attributes)
    await visitor.open()
    await visitor.sees('a tonne')
    await visitor.press('See the quote')
    await visitor.press('Continue to payment')
    await visitor.sees('I understand')
    return visitor
  }
  /** A visitor who pressed Pay. */
  const arriveAndPay = async (card: string, scenario?: Partial<Scenario>) => {
    const visitor = await arriveAtPayment(scenario)
    await visitor.card(card)
    await visitor.tick()
    await visitor.press('Pay US$39.76')
    return visitor
  }
  const onlyOrder = () => {
    const [order] = api.orders.values()
    if (!order) throw new Error('There is no order.')
    return order
  }
  const ordersSent = () =>
    api.requests.filter((it) => it.method === 'POST' && it.path === '/v1/orders')
  return { api, host, browser, arrive, arriveAtPayment, arriveAndPay, onlyOrder, ordersSent }
}

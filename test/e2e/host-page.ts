/** The demo's article as a visitor meets it: on an origin of its own, against a whole stack. */
import { join } from 'node:path'
import { type Child, startNode } from '@offset-button/demo-site/start/child-process'
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import type { Browser, Frame } from 'puppeteer'
import { must } from '../support/market.ts'
import { PAGE_KEY, type Stack } from '../support/stack.ts'
import { visit } from '../widget/support/visitor.ts'

export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  bank: '4000002760003184',
} as const

export type HostPage = { readonly url: string; readonly child: Child }

/** Starts the demo site for a stack; its origin may use the page's key, unless told otherwise. */
export async function startHostPage(stack: Stack, allowed = true): Promise<HostPage> {
  await buildWidget()
  const child = await startNode({
    name: 'demo site',
    file: join(import.meta.dirname, '../../demo-site/main.ts'),
    env: {
      PORT: '0',
      API_URL: stack.url,
      PUBLISHABLE_KEY: PAGE_KEY,
      STRIPE_SCRIPT_URL: `${stack.paymentUrl}/endive/stripe.js`,
    },
    logFile: join(stack.folder, `demo-site-${allowed}.log`),
  })
  const [, url = ''] = await child.waitForLine(/^listening (\S+)/, 60_000)
  if (allowed) {
    await must(stack.url, 'PUT', `/v1/operator/publishable-keys/${PAGE_KEY}`, {
      key: stack.keys.operatorToken,
      body: { name: 'Test page', origins: [url] },
    })
  }
  return { url, child }
}

/** A visitor who has the panel open on the article. */
export async function arrive(browser: Browser, page: HostPage) {
  const visitor = await visit(browser, `${page.url}/article`)
  await visitor.open()
  const frameWith = (selector: string): Promise<Frame> =>
    visitor.page.waitForFrame(
      // A frame that is being replaced cannot be asked; the next look finds what came in its place.
      async (frame) => (await frame.$(selector).catch(() => null)) !== null,
      { timeout: 60_000 },
    )
  return {
    ...visitor,
    /** Goes on to the card with so many tonnes. */
    async choose(tonnes: number) {
      await visitor.type(String(tonnes))
      await visitor.press('See the quote')
      await visitor.sees(`${tonnes.toLocaleString('en')} t CO₂e`)
      await visitor.press('Continue to payment')
    },
    /** Types a card into the payment service's own frame. */
    async card(number: string) {
      const frame = await frameWith('#number')
      for (const [field, value] of [
        ['#number', number],
        ['#expiry', '1230'],
        ['#cvc', '123'],
      ] as const) {
        await frame.$eval(field, (input) => (input as HTMLInputElement).select())
        await frame.type(field, value)
      }
    },
    frameWith,
  }
}

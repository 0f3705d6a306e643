import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { ElementHandle } from 'puppeteer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BANK_CARD, GOOD_CARD, setStage } from './support/stage.ts'
import { tagOf } from './support/tag.ts'

const embedding = suite('on pages that others made')
const stage = await setStage(embedding)
const { api } = stage
const require = createRequire(import.meta.url)

type Element = HTMLElement & Record<string, unknown>
const tag = (attributes: string) =>
  `<offset-button key="pk_1" api="${api.origin}" ${attributes}></offset-button>`

embedding(
  'properties mirror attributes, and take what was set before the script came',
  async () => {
    const v = await stage.arrive('', {
      body: `<script>
      const early = document.createElement('offset-button')
      Object.assign(early, { key: 'pk_1', tonnes: 7, maxPrice: '3.50', appearance: 'outline' })
      document.body.append(early)
    </script><script type="module" src="${api.origin}/offset-button.js"></script>`,
    })
    await v.sees('Offset 7 tonnes')
    const read = await v.page.$eval('offset-button', async (it) => {
      const element = it as Element
      const before = [element.tonnes, element.maxPrice, element.getAttribute('max-price')]
      element.tonnes = 9
      element.maxPrice = null
      await element.updateComplete
      return [...before, element.getAttribute('tonnes'), element.hasAttribute('max-price')]
    })
    assert.equal(read, [7, '3.50', '3.50', '9', false])
    await v.sees('Offset 9 tonnes')
  },
)

embedding('looks are attributes too, and one that CSS cannot read is told', async () => {
  const policy = `default-src 'none'; script-src ${api.origin}; style-src 'none'; connect-src ${api.origin}`
  const v = await stage.arrive('tonnes="12" accent="#7a1f5c" radius="2px" ink="blueish"', {
    policy,
  })
  await v.sees('Offset 12 tonnes')
  const seen = await v.page.$eval('offset-button', (it) => {
    const button = it.shadowRoot?.querySelector('.button')
    const style = button && getComputedStyle(button)
    return [style?.borderRadius, getComputedStyle(it).getPropertyValue('--offset-accent')]
  })
  assert.equal(seen, ['2px', '#7a1f5c'])
  const told = await v.hears((it) => it.name === 'error')
  assert.match(String(told.detail?.message), 'ink="blueish"')
  assert.equal(await v.violations(), [])
})

embedding(
  'in a form it is a field: the order’s id, required until the credits are cancelled',
  async () => {
    const v = await stage.arrive('', {
      body: `<form>${tagOf(api.origin, 'tonnes="12" name="offset" required')}</form>`,
    })
    const form = () =>
      v.page.$eval('form', (it) => [it.checkValidity(), new FormData(it).get('offset')])
    await v.sees('Offset 12 tonnes')
    assert.equal(await form(), [false, null])
    await v.open()
    await v.sees('US$39.76')
    await v.press('See the quote')
    await v.press('Continue to payment')
    await v.card(GOOD_CARD)
    await v.tick()
    await v.press('Pay US$39.76')
    await v.sees('cancelled for good')
    assert.equal(await form(), [true, 'order1'])
  },
)

embedding('a disabled fieldset disables it', async () => {
  const v = await stage.arrive('', {
    body: `<form><fieldset disabled>${tagOf(api.origin, 'tonnes="12"')}</fieldset></form>`,
  })
  await v.sees('Offset 12 tonnes')
  const isDisabled = await v.page.$eval(
    'offset-button >>> .button',
    (it) => (it as HTMLButtonElement).disabled,
  )
  assert.is(isDisabled, true)
})

embedding('another version on the page stays, with a warning', async () => {
  const v = await stage.arrive('', {
    body: `<script>customElements.define('offset-button', class extends HTMLElement { static version = '0.0.9' })</script>${tagOf(api.origin, '')}`,
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.ok(v.warnings.some((it) => it.includes('0.0.9') && it.includes('0.1.0')))
  assert.equal(v.problems, [])
})

embedding('hostile style sheets change neither size nor function', async () => {
  const v = await stage.arrive('tonnes="12"', {
    head: `<style>* { all: unset !important } button, dialog, input, div { display: none !important; color: red !important; font-size: 90px !important } </style>`,
  })
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.sees('Continue to payment')
  const [width, size] = await v.page.$eval('offset-button >>> .panel', (it) => [
    it.getBoundingClientRect().width,
    getComputedStyle(it).fontSize,
  ])
  assert.equal([width, size], [400, '15px'])
})

/** A card of somebody's, which shows its own child in its own slot, and the button in a root of a root. */
const inRoots = (options: object) => `<div id="host"><p>Their words</p></div>
  <script type="module" src="${api.origin}/offset-button.js"></script>
  <script>
    const host = document.querySelector('#host')
    const outer = host.attachShadow(${JSON.stringify(options)})
    outer.innerHTML = '<slot></slot><div id="inner"></div>'
    if (outer.slotAssignment === 'manual') outer.querySelector('slot').assign(host.firstChild)
    const inner = outer.querySelector('#inner').attachShadow(${JSON.stringify(options)})
    inner.innerHTML = '${tag('tonnes="12"')}'
    globalThis.leave = () => outer.replaceChildren()
    globalThis.element = inner.firstChild
  </script>`
const ROOTS: readonly [string, object][] = [
  ['shadow roots of others', { mode: 'open' }],
  [
    'closed shadow roots whose slots are assigned by hand',
    { mode: 'closed', slotAssignment: 'manual' },
  ],
]
for (const [where, options] of ROOTS)
  embedding(`inside ${where} a whole purchase works`, async () => {
    const v = await stage.arrive('', { body: inRoots(options) })
    const find = async (selector: string) => {
      const found = await v.page.waitForFunction(
        (selector) =>
          (globalThis as unknown as { element: Element }).element.shadowRoot?.querySelector(
            selector,
          ),
        {},
        selector,
      )
      return found as ElementHandle<HTMLElement>
    }
    const press = async (selector: string) => (await find(selector)).click()
    await press('.button')
    await find('.pairs bdi')
    await press('.foot .act')
    await find('.fills')
    await press('.foot .act')
    // The provider's frames refuse shadow roots: they are in the document itself, shown in the panel.
    const frame = await v.page.waitForSelector('#host > [slot] iframe')
    const field = await (await frame?.contentFrame())?.waitForSelector('#number')
    await field?.type(GOOD_CARD)
    const card = await (await find('.card')).boundingBox()
    const shown = await frame?.boundingBox()
    assert.ok(card && shown && shown.y >= card.y && shown.y < card.y + card.height)
    await press('#consent')
    await press('.act.final')
    await find('[part=perfin]')
    assert.is(stage.onlyOrder().state, 'closed')
    await v.page.evaluate(() => (globalThis as unknown as { leave(): void }).leave())
    assert.is(await v.page.$('#host > [slot]'), null)
    assert.equal(v.problems, [])
  })

embedding('a shadow root that takes the card form away leaves the hosted page', async () => {
  const v = await stage.arrive('', {
    body: `${inRoots({ mode: 'closed', slotAssignment: 'manual' })}
      <script>HTMLSlotElement.prototype.assign = () => {}</script>`,
  })
  const press = (selector: string) =>
    v.page.waitForFunction(
      (selector) => {
        const { element } = globalThis as unknown as { element: Element }
        const found = element.shadowRoot?.querySelector<HTMLElement>(selector)
        found?.click()
        return found
      },
      {},
      selector,
    )
  await press('.button')
  await press('.body:has(.pairs bdi) ~ .foot .act')
  await press('.body:has(.fills) ~ .foot .act')
  const told = await v.hears((it) => it.name === 'error')
  assert.is(told.detail?.code, 'card_form_blocked')
  await press('#consent')
  await Promise.all([
    v.page.browserContext().waitForTarget((it) => it.url().endsWith('/orders/order1')),
    press('.act.final'),
  ])
})

embedding('a page whose policy refuses the frame is told so at once', async () => {
  const policy = `frame-src 'none'`
  const v = await stage.arrive('tonnes="12"', { policy })
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.press('Continue to payment')
  await v.sees('This website does not let a card form open inside it.')
  const told = (await v.told()).find((it) => it.detail?.code === 'card_form_blocked')
  assert.is(told?.detail?.directive, 'frame-src')
  assert.is(stage.ordersSent().length, 0)
  // The hosted page has the card: nobody gets there without consent, and with no more than one order.
  await v.press('Pay US$39.76 on')
  await v.sees('Please tick the box above')
  assert.is(stage.ordersSent().length, 0)
  await v.tick()
  const [tab] = await Promise.all([
    v.page.browserContext().waitForTarget((it) => it.url().endsWith('/orders/order1')),
    v.press('Pay US$39.76 on'),
  ])
  await v.sees('Your credits are held for you. Nothing was charged.')
  assert.is(await (await tab.page())?.evaluate(() => globalThis.opener), null)
  // What is pressed again leads to the same order, also after a reload.
  await v.page.bringToFront()
  await v.page.reload()
  await v.open()
  const again = await v.find('Pay US$39.76 on')
  assert.is(await again.evaluate((it) => it.getAttribute('href')), `${api.origin}/orders/order1`)
  api.goOn('order1')
  await v.sees('12 tonnes, cancelled for good')
  assert.is(stage.ordersSent().length, 1)
})

embedding('a page whose policy refuses the bank alone goes on with its one order', async () => {
  const policy = `frame-src ${api.origin}/card-frame`
  const v = await stage.arrive('tonnes="12"', { policy })
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.press('Continue to payment')
  await v.card(BANK_CARD)
  await v.tick()
  await v.press('Pay US$39.76')
  const refused = await v.hears((it) => it.detail?.code === 'card_form_blocked')
  assert.is(refused.detail?.directive, 'frame-src')
  const leadsToOrder = async () => {
    await v.sees('This website does not let your bank’s page open inside it.')
    const link = await v.find('Pay US$39.76 on')
    assert.is(await link.evaluate((it) => it.getAttribute('href')), `${api.origin}/orders/order1`)
  }
  await leadsToOrder()
  assert.not(await v.page.$('#bank'))
  // What was under way is asked again after a reload, and refused again.
  await v.page.reload()
  await v.open()
  await v.press('Open the bank')
  await leadsToOrder()
  await Promise.all([
    v.page.browserContext().waitForTarget((it) => it.url().endsWith('/orders/order1')),
    v.press('Pay US$39.76 on'),
  ])
  api.goOn('order1')
  await v.sees('12 tonnes, cancelled for good')
  assert.is(stage.ordersSent().length, 1)
})

embedding('where the browser refuses a new tab the hosted page opens in this one', async () => {
  const v = await stage.arriveAtPayment({ script: 'missing' })
  await v.page.evaluate(() => Object.assign(globalThis, { open: () => null }))
  await v.sees('This website does not let a card form open inside it.')
  await v.tick()
  await Promise.all([v.page.waitForNavigation(), v.press('Pay US$39.76 on')])
  assert.is(v.page.url(), `${api.origin}/orders/order1`)
})

embedding('a page whose policy keeps it from the API is led on with its choice', async () => {
  const policy = `connect-src 'none'`
  const v = await stage.arrive(
    'budget="49.50" hosts="IN,KE" vintage-from="2012" max-price="9" beneficiary="Ada & co"',
    { policy },
  )
  await v.open()
  await v.sees('This website keeps the button from the market')
  const told = await v.hears((it) => it.detail?.code === 'page_forbids')
  assert.is(told.detail?.directive, 'connect-src')
  const link = await v.find('Go on at')
  const { origin, pathname, searchParams } = new URL(
    await link.evaluate((it) => (it as HTMLAnchorElement).href),
  )
  assert.is(origin + pathname, `${api.origin}/buy/quote`)
  assert.equal(Object.fromEntries(searchParams), {
    key: 'pk_test_page',
    budget: '49.50',
    host: 'IN,KE',
    vintage_from: '2012',
    vintage_to: '2020',
    max_price: '9.00',
    beneficiary: 'Ada & co',
    lang: 'en',
  })
})

embedding('a page whose policy allows the entry alone shows its link, and names why', async () => {
  const policy = `script-src ${api.origin}/offset-button.js`
  const v = await stage.arrive('tonnes="12"', { policy })
  await v.press('Offset 12 tonnes')
  const told = await v.hears((it) => it.detail?.code === 'script_blocked')
  assert.equal([told.detail?.directive, told.detail?.retryable], ['script-src-elem', false])
  assert.is(await v.page.$eval('offset-button a', (it) => it.checkVisibility()), true)
})

embedding('a policy that only reports keeps nothing from its visitor', async () => {
  const v = await stage.arrive('tonnes="12"', {
    reported: `default-src 'none'; connect-src 'none'; frame-src 'none'`,
  })
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.press('Continue to payment')
  await v.card(GOOD_CARD)
})

embedding('a React page renders it, hears it and rerenders it', async () => {
  const umd = async (name: string) =>
    await readFile(
      require
        .resolve(`${name}/package.json`)
        .replace('package.json', `umd/${name}.production.min.js`),
      'utf8',
    )
  const v = await stage.arrive('', {
    body: `<div id="app"></div><script type="module" src="${api.origin}/offset-button.js"></script>
      <script>${await umd('react')}</script><script>${await umd('react-dom')}</script>
      <script>
        const { createElement, useEffect, useRef, useState } = React
        const App = () => {
          const [tonnes, setTonnes] = useState(12)
          const [heard, setHeard] = useState(0)
          const ref = useRef(null)
          useEffect(() => {
            ref.current.key = 'pk_1'
            const listen = (event) => setHeard(event.detail.totalMinor)
            ref.current.addEventListener('offset-quote', listen)
            return () => ref.current.removeEventListener('offset-quote', listen)
          }, [])
          return createElement('div', null,
            createElement('button', { id: 'more', onClick: () => setTonnes(tonnes + 1) }, 'More'),
            createElement('output', null, heard),
            createElement('offset-button', { ref, api: '${api.origin}', tonnes }))
        }
        ReactDOM.createRoot(document.querySelector('#app')).render(createElement(App))
      </script>`,
  })
  await v.sees('Offset 12 tonnes')
  await v.pointAt()
  await v.page.waitForFunction(() => document.querySelector('output')?.textContent === '3976')
  await v.page.click('#more')
  await v.sees('Offset 13 tonnes')
  await v.page.waitForFunction(() => document.querySelector('output')?.textContent === '4310')
  assert.equal(v.problems, [])
})

embedding.run()

import { certificate, market, order, quote } from '@offset-button/contract'
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { launchBrowser } from '../support/chromium.ts'
import { cleanUp } from '../support/clean-up.ts'
import { startFakeApi } from './support/fake-api.ts'
import { certificateOf, marketOf, orderOf, problemOf, quoteOf } from './support/fixtures.ts'
import { startHostPage } from './support/host-page.ts'
import { tagOf } from './support/tag.ts'
import { type Visitor, visit } from './support/visitor.ts'

const element = suite('the button on a page')
const keep = cleanUp(element)
await buildWidget()
const api = keep(await startFakeApi())
const host = keep(await startHostPage())
const browser = keep(await launchBrowser())

let visitor: Visitor | null = null
const arrive = async (attributes: string, width = 1280, page = {}): Promise<Visitor> => {
  host.show({ body: tagOf(api.origin, attributes), ...page })
  visitor = await visit(browser, host.url, width)
  return visitor
}
element.before.each(() => api.reset())
element.after.each(async () => {
  await visitor?.close()
  visitor = null
})

element('the fake API speaks the contract', () => {
  const fills = quoteOf(12, {})
  if (!fills) throw new Error('The fake book has 12 tonnes.')
  quote.parse(fills)
  market.parse(marketOf({}, { publishable_key: 'pk_1', script_url: 'https://js.example/' }))
  const placed = orderOf('order1', fills, {}, Date.now())
  order.parse(placed)
  const links = { id: 'C1', url: 'https://api.example/c', pdf_url: 'https://api.example/c.pdf' }
  certificate.parse(certificateOf({ ...placed, certificate: links, completed_tonnes: 12 }))
})

element('it says the tonnes, and once somebody points at it the live price and TEST', async () => {
  const v = await arrive('tonnes="12"')
  assert.is(await v.text(), 'Offset 12 tonnes see price')
  await v.pointAt()
  await v.sees('US$39.76')
  assert.is(await v.text(), 'Offset 12 tonnes US$39.76 TEST')
  assert.equal(await v.states(), ['test'])
})

element('a budget is named, and the panel says what it buys', async () => {
  const v = await arrive('budget="50"')
  assert.is(await v.text(), 'Offset tonnes for US$50.00')
  await v.open()
  await v.sees('Buys 15 t')
})

element('the link inside is shown until the element works, and hidden then', async () => {
  host.show({
    body: '<offset-button key="pk_1"><a id="link" href="https://pay.example/">Pay here</a></offset-button>',
  })
  const bare = await visit(browser, host.url)
  const isShown = (v: Visitor) =>
    v.page.$eval('a', (it) => it.checkVisibility() && it.getClientRects().length > 0)
  assert.is(await isShown(bare), true)
  await bare.close()
  const v = await arrive('tonnes="12"')
  await v.sees('Offset')
  assert.is(await isShown(v), false)
})

element('it opens, takes the focus, and gives it back', async () => {
  const v = await arrive('tonnes="12"')
  await v.open()
  await v.sees('How much?')
  assert.ok((await v.states()).includes('open'))
  assert.is(await v.focused(), 'title')
  await v.page.keyboard.press('Escape')
  await v.page.waitForFunction(
    () => !document.querySelector('offset-button')?.matches(':state(open)'),
  )
  assert.match((await v.focused()) ?? '', /Offset 12 tonnes/)
})

element('a page may keep it closed', async () => {
  const v = await arrive('tonnes="12"')
  await v.page.evaluate(() => addEventListener('offset-open', (event) => event.preventDefault()))
  await (await v.find('Offset')).click()
  await v.sees('TEST')
  assert.equal(await v.states(), ['test'])
})

element('open and close are methods, and an outsider hears events outside the shadow', async () => {
  const v = await arrive('tonnes="12"')
  await v.page.$eval('offset-button', (it) => (it as HTMLElement & { open(): void }).open())
  await v.sees('US$39.76')
  const names = (await v.told()).map((it) => it.name)
  assert.ok(names.includes('open') && names.includes('quote'))
  await v.page.$eval('offset-button', (it) => (it as HTMLElement & { close(): void }).close())
  assert.not.ok((await v.states()).includes('open'))
})

const HOSTILE: readonly [attributes: string, attribute: string][] = [
  ['tonnes="1.5"', 'tonnes'],
  ['tonnes="-3"', 'tonnes'],
  ['tonnes="99999999999999999999"', 'tonnes'],
  ['budget="many"', 'budget'],
  ['hosts="Kenya"', 'hosts'],
  ['technologies="nuclear"', 'technologies'],
  ['projects="&lt;script&gt;alert(1)&lt;/script&gt;"', 'projects'],
  ['vintage-from="1990"', 'vintage-from'],
  ['max-price="free"', 'max-price'],
  ['appearance="shiny"', 'appearance'],
  ['size="huge"', 'size'],
  ['mode="popup"', 'mode'],
]
element('a bad attribute is told by a warning and an event, and breaks nothing', async () => {
  for (const [attributes, name] of HOSTILE) {
    const v = await arrive(attributes)
    await v.sees('Offset')
    // What only narrows the sale is read once somebody shows interest.
    await v.pointAt()
    const told = await v.hears((it) => it.detail?.code === 'invalid_attribute')
    assert.match(String(told?.detail?.message), `${name}=`)
    assert.ok(v.warnings.some((it) => it.includes(`${name}=`)))
    assert.equal(v.problems, [])
    await v.close()
  }
})

element('a button that cannot read its limits sells nothing and says so', async () => {
  const v = await arrive('tonnes="12" hosts="Kenya"')
  await v.open()
  await v.sees('This button does not work on this site yet')
  await v.sees('hosts="Kenya"')
  assert.is(api.requests.filter((it) => it.path.startsWith('/v1/')).length, 0)
})

element('a changed attribute changes the price', async () => {
  const v = await arrive('tonnes="12"')
  await v.pointAt()
  await v.sees('US$39.76')
  await v.page.$eval('offset-button', (it) => it.setAttribute('tonnes', '25'))
  await v.sees('Offset 25 tonnes US$')
  assert.not.match(await v.text(), /39\.76/)
})

element('the price drops from the button on the narrowest screens', async () => {
  const v = await arrive('tonnes="12"', 320)
  await v.pointAt()
  await v.sees('TEST')
  assert.is(await v.text(), 'Offset 12 tonnes TEST')
})

element(
  'a closed registry and a halted market say so on the button, which still opens',
  async () => {
    const registries = [
      {
        ...marketOf({}, { publishable_key: 'p', script_url: '' }).registries[0],
        state: 'closed' as const,
      },
    ]
    api.reset({ market: { registries: registries as never } })
    const v = await arrive('tonnes="12"')
    await v.pointAt()
    await v.sees('Offset 12 tonnes closed')
    assert.ok((await v.states()).includes('closed'))
    await v.open()
    await v.sees('The registry is not taking cancellations')
    await v.close()
    api.reset({ market: { state: 'halted' } })
    const paused = await arrive('tonnes="12"')
    await paused.pointAt()
    await paused.sees('Offset 12 tonnes paused')
  },
)

element('it works under a strict content security policy', async () => {
  const policy = `default-src 'none'; script-src ${api.origin}; connect-src ${api.origin}; frame-src ${api.origin}; style-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html`
  const v = await arrive('tonnes="12"', 1280, { policy })
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.sees('Continue to payment')
  const width = await v.page.$eval(
    'offset-button',
    (it) => it.shadowRoot?.querySelector('.panel')?.getBoundingClientRect().width,
  )
  assert.is(width, 400)
  const shares = await v.page.$$eval('offset-button >>> .strip i', (parts) =>
    parts.map((it) => Number(getComputedStyle(it).flexGrow)),
  )
  assert.equal(
    shares,
    quoteOf(12, {})?.fills.map((fill) => fill.quantity_tonnes),
  )
  assert.equal(v.problems, [])
})

element('two of them do not disturb each other', async () => {
  const second = `<offset-button id="second" key="pk_test_page" api="${api.origin}" tonnes="25"></offset-button>`
  host.show({ body: tagOf(api.origin, 'tonnes="12"') + second })
  visitor = await visit(browser, host.url)
  await visitor.open()
  await visitor.sees('How much?')
  const other = await visitor.page.$eval(
    '#second',
    (it) => it.shadowRoot?.querySelector('dialog') ?? null,
  )
  assert.is(other, null)
})

element('an origin that is not allowed is told by its code', async () => {
  const refusal = () => problemOf('origin_not_allowed')
  api.reset({
    refuse: { market: [refusal(), refusal(), refusal()], quotes: [refusal()], orders: [] },
  })
  const v = await arrive('tonnes="12"')
  await v.open()
  await v.sees('This button does not work on this site yet')
  await v.sees('origin_not_allowed')
  const codes = (await v.told()).map((it) => it.detail?.code)
  assert.ok(codes.includes('origin_not_allowed'))
})

element.run()

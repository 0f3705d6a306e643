import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOOD_CARD, setStage } from './support/stage.ts'
import { tagOf } from './support/tag.ts'
import type { Visitor } from './support/visitor.ts'

const loading = suite('loading')
const stage = await setStage(loading)
const { api } = stage

type Measured = { shifts: number; longest: number }

/** The page's layout shifts and its longest task from its first moment on, ours among them. */
const measured = (v: Visitor): Promise<Measured> =>
  v.page.evaluate(() => (globalThis as unknown as { measured: Measured }).measured)

const arriveMeasured = async (body: string): Promise<Visitor> => {
  const v = await stage.arrive()
  await v.page.evaluateOnNewDocument(() => {
    const sums = { shifts: 0, longest: 0 }
    Object.assign(globalThis, { measured: sums })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        sums.shifts += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sums.longest = Math.max(sums.longest, entry.duration)
    }).observe({ type: 'longtask', buffered: true })
  })
  stage.host.show({
    body,
    head: `<link rel="stylesheet" href="${api.origin}/offset-button.css">`,
  })
  await v.page.reload()
  return v
}

const TEXT = '<p>Low water is when our work is.</p>'
const MANY = (origin: string) =>
  tagOf(origin, 'tonnes="12"') +
  ['solid', 'outline', 'plain']
    .flatMap((appearance) => ['s', 'm', 'l'].map((size) => ({ appearance, size })))
    .map(
      ({ appearance, size }, n) =>
        `${TEXT}<offset-button id="b${n}" key="pk_test_page" api="${origin}" tonnes="${n + 1}" appearance="${appearance}" size="${size}"></offset-button>`,
    )
    .join('')

loading(
  'before anybody shows interest nothing but the entry is requested, and nothing kept',
  async () => {
    const v = await stage.arrive()
    await v.sees('Offset 12 tonnes')
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.equal(
      api.requests.map((it) => it.path),
      ['/offset-button.js'],
    )
    const kept = await v.page.evaluate(() => ({ ...localStorage, cookie: document.cookie }))
    assert.equal(kept, { cookie: '' })
  },
)

loading('nobody sets a cookie in a whole purchase', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD)
  await v.sees('cancelled for good')
  const cookies = await v.page.browserContext().cookies()
  assert.equal(cookies, [])
  assert.is(api.requests.filter((it) => it.headers.cookie).length, 0)
})

loading('interest fetches the panel, the words and a price, and opens nothing', async () => {
  const v = await stage.arrive()
  await v.pointAt()
  await v.sees('US$39.76')
  const files = api.requests.map((it) => it.path.replace(/-[\w-]{8}\.js$/, ''))
  for (const file of ['/offset-panel', '/offset-en'])
    assert.is(files.filter((it) => it === file).length, 1, `${file} in ${files}`)
  assert.equal(
    files.filter((it) => it.startsWith('/v1/')),
    ['/v1/market?key=pk_test_page&quantity_tonnes=12'],
  )
  assert.not.ok((await v.states()).includes('open'))
})

loading('no browser asks for permission before it asks for the first price', async () => {
  const v = await stage.arrive()
  await v.open()
  await v.sees('US$39.76')
  assert.equal(api.preflights, [])
  const [asked] = api.requests.filter((it) => it.path.startsWith('/v1/'))
  assert.is(asked?.headers.authorization, undefined)
  assert.match(asked?.headers.referer ?? '', /^http:\/\/[^/]+\/$/)
})

loading('attributes that narrow the sale fetch one more file, with the panel', async () => {
  const v = await stage.arrive('tonnes="12" hosts="KE" max-price="3.50" beneficiary="A reader"')
  await v.sees('Offset 12 tonnes')
  assert.equal(
    api.requests.map((it) => it.path),
    ['/offset-button.js'],
  )
  await v.pointAt()
  await v.hears((it) => it.name === 'quote')
  const paths = api.requests.map((it) => it.path.replace(/-[\w-]{8}\.js$/, ''))
  assert.ok(paths.includes('/offset-settings'), `${paths}`)
  assert.ok(
    paths.includes('/v1/market?host=KE&key=pk_test_page&quantity_tonnes=12&max_price_minor=350'),
    `${paths}`,
  )
})

loading('the layout does not shift, from loading to the price on the button', async () => {
  const v = await arriveMeasured(MANY(api.origin))
  await v.sees('Offset 12 tonnes')
  for (const button of await v.page.$$('offset-button >>> .button')) await button.hover()
  await v.page.waitForFunction(() =>
    [...document.querySelectorAll('offset-button')].every((it) => it.matches(':state(test)')),
  )
  assert.is((await measured(v)).shifts, 0)
})

loading(
  'before the script has come the style sheet keeps the place that the button takes',
  async () => {
    const head = `<link rel="stylesheet" href="${api.origin}/offset-button.css">`
    const places = async (body: string) => {
      const v = await stage.arrive('', { body, head })
      if (body.includes('<script')) await v.sees('Offset 12 tonnes')
      return v.page.$$eval('offset-button, p', (all) =>
        all.map((it) => [it.getBoundingClientRect().top, it.getBoundingClientRect().height]),
      )
    }
    const body = MANY(api.origin)
    assert.equal(await places(body.replace(/<script.*?<\/script>/s, '')), await places(body))
  },
)

loading('an inline panel has its place before it is there', async () => {
  const v = await arriveMeasured(`${tagOf(api.origin, 'tonnes="12" mode="inline"')}${TEXT}`)
  await v.sees('US$39.76')
  assert.ok((await measured(v)).shifts < 0.001)
})

loading('ten buttons on a page make no long task', async () => {
  // The machine may be busy with something else: the best of a few is the page's own.
  let best = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 5 && best > 0; tries++) {
    const v = await arriveMeasured(MANY(api.origin))
    await v.sees('Offset 12 tonnes')
    await new Promise((resolve) => setTimeout(resolve, 200))
    best = Math.min(best, (await measured(v)).longest)
    await v.close()
  }
  assert.is(best, 0)
})

loading('each file is fetched once and under its hash', async () => {
  const v = await stage.arriveAndPay(GOOD_CARD)
  await v.sees('cancelled for good')
  const files = api.requests.map((it) => it.path).filter((path) => path.endsWith('.js'))
  assert.is(new Set(files).size, files.length)
  assert.ok(files.length > 6)
})

for (const name of ['panel', 'en', 'quote'])
  loading(`a changed file of the panel is not run: ${name}`, async () => {
    api.reset({ tamper: `offset-${name}-` })
    const v = await stage.arrive()
    await v.press('Offset 12 tonnes')
    await v.page.waitForFunction(() =>
      (globalThis as unknown as { told: { detail: { code?: string } | null }[] }).told.some(
        (it) => it.detail?.code === 'script_blocked',
      ),
    )
    assert.not.ok((await v.states()).includes('open'))
    // The link to the hosted page is there again.
    assert.is(await v.page.$eval('offset-button a', (it) => it.checkVisibility()), true)
  })

loading('where the page has no link, the element shows its own to the hosted page', async () => {
  const shown = async (attributes: string, inside = '') => {
    api.reset({ tamper: 'offset-panel-' })
    const body = tagOf(api.origin, attributes).replace(/<a .*<\/a>/s, inside)
    const v = await stage.arrive('', { body })
    const button = await v.page.waitForSelector('offset-button >>> .button')
    const toldSoFar = () =>
      v.page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told.length)
    // Two of them tell two things each. One that comes before the element has given up the one before tells nothing, and so may
    // that one: each has its time.
    for (let told = 0; told < 4; told = await toldSoFar()) {
      await button?.click()
      const isTold = (more: number) =>
        (globalThis as unknown as { told: unknown[] }).told.length >= more
      await v.page.waitForFunction(isTold, { timeout: 3_000 }, told + 2).catch(() => undefined)
    }
    return v.page.$$eval('offset-button >>> slot a', (all) =>
      all.filter((it) => it.checkVisibility()).map((it) => [it.textContent, it.href]),
    )
  }
  const { host } = new URL(api.origin)
  assert.equal(await shown('tonnes="12"'), [
    [`Offset tonnes (${host})`, `${api.origin}/buy?key=pk_test_page&lang=en&tonnes=12`],
  ])
  // What the page has goes before; and a narrower sale is not widened.
  assert.equal(await shown('tonnes="12"', '<a href="/own">Offset elsewhere</a>'), [])
  assert.equal(await shown('tonnes="12" hosts="KE"'), [])
})

loading(
  'a changed file of a later step is not run, and the visitor is told what to do',
  async () => {
    api.reset({ tamper: 'offset-payment-' })
    const v = await stage.arrive()
    await v.open()
    await v.sees('US$39.76')
    await v.press('See the quote')
    await v.press('Continue to payment')
    await v.sees('The next step could not be fetched.')
    await v.sees('Please reload the page.')
    await v.hears((it) => it.detail?.code === 'script_blocked')
    const link = await v.find('Go on at')
    const address = await link.evaluate((it) => it.getAttribute('href') ?? '')
    assert.match(address, '/buy/quote?key=pk_test_page&tonnes=12')
    assert.is(stage.ordersSent().length, 0)
  },
)

loading(
  'what is fetched ahead does not hide that the step itself could not be fetched',
  async () => {
    const gate = Promise.withResolvers<void>()
    const late = { name: 'offset-certificate-step-', until: gate.promise }
    api.reset({ tamper: 'offset-payment-', late })
    const v = await stage.arrive()
    await v.open()
    await v.sees('US$39.76')
    await v.press('See the quote')
    await v.press('Continue to payment')
    await v.sees('The next step could not be fetched.')
    gate.resolve()
    await v.page.waitForFunction(() =>
      performance
        .getEntriesByType('resource')
        .some(({ name, duration }) => name.includes('offset-certificate-step-') && duration > 0),
    )
    // What has come is run and drawn a moment later.
    await new Promise((resolve) => setTimeout(resolve, 500))
    assert.match(await v.text(), 'The next step could not be fetched.')
  },
)

loading.run()

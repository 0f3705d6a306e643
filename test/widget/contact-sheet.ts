/**
 * Draws the contact sheets of docs/images: every state of the button and its panel, at 320 and 1280
 * pixels, a sheet each for light, dark and right to left. `node test/widget/contact-sheet.ts`,
 * or with the names of some sheets.
 */
import { join } from 'node:path'
import { GOOD_CARD, setStage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const closers: (() => unknown)[] = []
const hooks = { each: (): void => undefined }
const stage = await setStage({
  after: Object.assign((close: () => unknown) => closers.push(close), hooks),
  before: hooks,
} as never)
const { api } = stage
const IMAGES = join(import.meta.dirname, '../../docs/images')

type Sheet = {
  readonly name: string
  readonly scheme: 'light' | 'dark'
  readonly lang: 'en' | 'ar'
}
const SHEETS: readonly Sheet[] = [
  { name: 'button-light', scheme: 'light', lang: 'en' },
  { name: 'button-dark', scheme: 'dark', lang: 'en' },
  { name: 'button-rtl', scheme: 'light', lang: 'ar' },
]

const press = (v: Visitor, selector: string) =>
  v.page.$eval(`offset-button >>> ${selector}`, (it) => (it as HTMLElement).click())
const shows = (v: Visitor, selector: string) =>
  v.page.waitForSelector(`offset-button >>> ${selector}`)
const open = async (v: Visitor) => {
  await v.open()
  await v.sees('39.76')
}
const quote = async (v: Visitor) => {
  await open(v)
  await press(v, '.foot .act')
  await shows(v, '.fills')
}
const payment = async (v: Visitor) => {
  await quote(v)
  await press(v, '.foot .act')
  await shows(v, '#consent')
  await v.page.waitForSelector('[slot=payment] iframe')
}
const paid = async (v: Visitor, card: string) => {
  await payment(v)
  await v.card(card)
  await v.tick()
  await press(v, '.act.final')
}

const STATES: readonly (readonly [string, (v: Visitor) => Promise<unknown>])[] = [
  ['idle', async () => undefined],
  ['interest', async (v) => [await v.pointAt(), await shows(v, '.badge:not([hidden])')]],
  ['amount', open],
  ['budget', async (v) => [await open(v), await press(v, '#tab-budget'), await shows(v, '.ruled')]],
  [
    'estimate',
    async (v) => [await open(v), await press(v, '#tab-estimate'), await shows(v, '.total')],
  ],
  [
    'filter',
    async (v) => [await open(v), await press(v, '.option .link'), await shows(v, '.years')],
  ],
  ['quote', quote],
  ['why', async (v) => [await quote(v), await press(v, '.why summary'), await shows(v, '.passed')]],
  ['payment', payment],
  [
    'not ticked',
    async (v) => [await payment(v), await v.card(GOOD_CARD), await press(v, '.act.final')],
  ],
  [
    'bank',
    async (v) => [
      await paid(v, '4000000000003220'),
      await shows(v, '.hold'),
      await (await v.page.waitForSelector('#bank'))?.evaluate((it) => it.remove()),
    ],
  ],
  ['declined', async (v) => [await paid(v, '4000000000000002'), await shows(v, '.note.red')]],
  [
    'progress',
    async (v) => {
      api.scenario.stopAt = 'captured'
      await paid(v, GOOD_CARD)
      await shows(v, '.permanent')
    },
  ],
  ['certificate', async (v) => [await paid(v, GOOD_CARD), await shows(v, '.blocks')]],
  [
    'moved',
    async (v) => {
      await payment(v)
      api.scenario.surchargeMinor = 4
      await v.card(GOOD_CARD)
      await v.tick()
      await press(v, '.act.final')
      await shows(v, '.was')
    },
  ],
  [
    'not enough',
    async (v) => [
      await open(v),
      await v.type('20000'),
      await shows(v, 'p.strong'),
      await press(v, '.foot .act'),
      await shows(v, '.strip'),
    ],
  ],
  [
    'closed',
    async (v) => {
      api.scenario.market = { state: 'halted' }
      await v.open()
      await shows(v, '.say')
    },
  ],
]

const wanted = process.argv.slice(2)
for (const { name, scheme, lang } of SHEETS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const pictures: { what: string; width: number; data: string }[] = []
  for (const width of [320, 1280])
    for (const [what, go] of STATES) {
      api.reset()
      const v = await stage.arrive(
        `tonnes="12" lang="${lang}"`,
        { scheme, dir: lang === 'ar' ? 'rtl' : 'ltr' },
        width,
      )
      await go(v)
      await new Promise((resolve) => setTimeout(resolve, 450))
      const clip = { x: lang === 'ar' ? 0 : 780, y: 0, width: 500, height: 900 }
      const isAside = width === 1280 && (what === 'idle' || what === 'interest')
      if (isAside) clip.x = lang === 'ar' ? 780 : 0
      pictures.push({
        what,
        width,
        data: await v.page.screenshot({
          // A narrow page is shown whole: clipped, one from right to left is shifted.
          ...(width === 320 ? {} : { clip }),
          encoding: 'base64',
          captureBeyondViewport: false,
        }),
      })
      await v.close()
    }
  const page = await stage.browser.newPage()
  await page.setViewport({ width: 1760, height: 800 })
  await page.setContent(
    `<body style="margin:16px;font:13px Inter;background:#dde;display:flex;flex-wrap:wrap;gap:12px">${pictures
      .map(
        ({ what, width, data }) =>
          `<figure style="margin:0"><figcaption>${what}, ${width}</figcaption><img style="height:400px" src="data:image/png;base64,${data}"></figure>`,
      )
      .join('')}</body>`,
  )
  await page.screenshot({
    path: join(IMAGES, `${name}.jpg`) as `${string}.jpg`,
    type: 'jpeg',
    quality: 70,
    fullPage: true,
  })
  await page.close()
  console.log(`${name}: ${pictures.length} pictures`)
}
for (const close of closers.reverse()) await close()

import { LANGUAGES } from '@offset-button/contract/words/language'
import { problemOf } from './fixtures.ts'
import { BANK_CARD, DECLINED_CARD, GOOD_CARD, type Stage } from './stage.ts'
import { type Visitor, visitPage } from './visitor.ts'

/** Something that a visitor may see. Ways lead by what is on a step, not by words: they are the same in each language. */
export type State = {
  readonly name: string
  /** Beside the language; twelve tonnes unless told. */
  readonly attributes?: string
  readonly page?: { readonly policy: string }
  /** Leads to the state; answers with the visitor whose tab shows it, where that is another one. */
  readonly go?: (v: Visitor, stage: Stage) => Promise<unknown>
}

/** A visitor, in a browser profile of their own, who sees that state; `more` is added to the element's attributes. */
export const see = async (
  stage: Stage,
  { attributes = 'tonnes="12"', page, go }: State,
  more = '',
  sheet: Parameters<Stage['arrive']>[1] = {},
  width?: number,
): Promise<Visitor> => {
  stage.api.reset()
  const v = await stage.arrive(`${attributes} ${more}`, { ...sheet, ...page }, width)
  const shown = await go?.(v, stage)
  if (!isVisitor(shown)) return v
  await shown.page.bringToFront()
  return shown
}

const isVisitor = (it: unknown): it is Visitor =>
  typeof it === 'object' && it !== null && 'stands' in it

const press = (v: Visitor, selector: string) =>
  v.page.$eval(`offset-button >>> ${selector}`, (it) => (it as HTMLElement).click())
const shows = (v: Visitor, selector: string) =>
  v.page.waitForSelector(`offset-button >>> ${selector}`)
/** Waits for a part that was there to go: what comes next stands then. */
const leaves = (v: Visitor, selector: string) =>
  v.page.waitForFunction(
    (selector) => !document.querySelector('offset-button')?.shadowRoot?.querySelector(selector),
    {},
    selector,
  )

const open = async (v: Visitor) => {
  await v.open()
  await shows(v, '.pairs bdi')
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
const pay = async (v: Visitor, card: string) => {
  await payment(v)
  await v.card(card)
  await v.tick()
  await press(v, '.act.final')
}
const declined = async (v: Visitor) => [await pay(v, DECLINED_CARD), await shows(v, '.note.red')]
const captured = async (v: Visitor, { api }: Stage) => {
  api.scenario.stopAt = 'captured'
  await pay(v, GOOD_CARD)
  await shows(v, '.progress .fin')
}
const refused = (code: Parameters<typeof problemOf>[0], more = {}): NonNullable<State['go']> => {
  return async (v, { api }) => {
    api.scenario.refuse.orders.push(problemOf(code, more))
    await pay(v, GOOD_CARD)
    await leaves(v, '#consent')
  }
}
const ended = (...how: ['expired' | 'rejected', 'hold_expired' | 'registry_refused']) => {
  return async (v: Visitor, stage: Stage) => {
    await declined(v)
    stage.api.end(stage.onlyOrder().id, ...how)
    await shows(v, '.say h3')
  }
}

/** All that the button and its panel show, in the order of a purchase; then what can stand in its way. */
export const STATES: readonly State[] = [
  { name: 'idle' },
  {
    name: 'interest',
    go: async (v) => [await v.pointAt(), await shows(v, '.badge:not([hidden])')],
  },
  { name: 'amount', go: open },
  { name: 'inline', attributes: 'mode="inline" tonnes="12"', go: (v) => shows(v, '.pairs bdi') },
  {
    name: 'typed fault',
    go: async (v) => [await open(v), await v.type('1.5'), await shows(v, '[aria-invalid=true]')],
  },
  {
    name: 'budget',
    go: async (v) => [await open(v), await press(v, '#tab-budget'), await shows(v, '.ruled')],
  },
  {
    name: 'estimate',
    go: async (v) => {
      await open(v)
      await press(v, '#tab-estimate')
      await shows(v, '.total')
      await press(v, 'details summary')
    },
  },
  {
    name: 'filter',
    go: async (v) => [await open(v), await press(v, '.option .link'), await shows(v, '.years')],
  },
  { name: 'quote', go: quote },
  {
    name: 'why',
    go: async (v) => [await quote(v), await press(v, '.why summary'), await shows(v, '.passed')],
  },
  { name: 'payment', go: payment },
  {
    name: 'not ticked',
    go: async (v) => {
      await payment(v)
      await v.card(GOOD_CARD)
      await press(v, '.act.final')
      await shows(v, '#consent[aria-invalid=true]')
    },
  },
  {
    name: 'holding',
    go: async (v, { api }) => {
      await payment(v)
      await v.card(GOOD_CARD)
      await v.tick()
      api.scenario.delayMs = 60_000
      await press(v, '.act.final')
      await shows(v, '.act.final[aria-busy=true]')
    },
  },
  {
    name: 'bank',
    go: async (v) => {
      await pay(v, BANK_CARD)
      await shows(v, '.hold')
      // The bank's own window lies over the page.
      await (await v.page.waitForSelector('#bank'))?.evaluate((it) => it.remove())
    },
  },
  { name: 'declined', go: declined },
  { name: 'progress', go: captured },
  { name: 'certificate', go: async (v) => [await pay(v, GOOD_CARD), await shows(v, '.blocks')] },
  {
    name: 'done',
    go: async (v) => {
      await pay(v, GOOD_CARD)
      await shows(v, '.blocks')
      await press(v, '.head .icon-button')
    },
  },
  {
    name: 'resumed',
    go: async (v, stage) => {
      await captured(v, stage)
      await v.page.reload()
      await v.open()
      await shows(v, '.permanent')
    },
  },
  {
    name: 'second tab',
    go: async (v, { host }) => {
      await declined(v)
      const second = await visitPage(v.page.browserContext(), host.url, v.page.viewport()?.width)
      await second.open()
      await shows(second, '.say h3')
      return second
    },
  },
  {
    name: 'price moved',
    go: async (v, { api }) => {
      await payment(v)
      api.scenario.surchargeMinor = 4
      await v.card(GOOD_CARD)
      await v.tick()
      await press(v, '.act.final')
      await shows(v, '.was')
    },
  },
  {
    name: 'not enough',
    go: async (v) => {
      await open(v)
      await v.type('20000')
      await shows(v, 'p.strong')
      await press(v, '.foot .act')
      await shows(v, '.strip')
    },
  },
  { name: 'empty', go: refused('nothing_available') },
  { name: 'too small', go: refused('amount_too_small', { minimum_tonnes: 15 }) },
  {
    name: 'too many offers',
    go: async (v, stage) => {
      stage.api.scenario.refuse.orders.push(problemOf('too_many_fills'))
      await pay(v, GOOD_CARD)
      await shows(v, '.note.red')
    },
  },
  { name: 'hold over', go: ended('expired', 'hold_expired') },
  { name: 'registry refuses', go: ended('rejected', 'registry_refused') },
  {
    name: 'part refused',
    go: async (v, stage) => {
      await captured(v, stage)
      stage.api.change(stage.onlyOrder().id, (order) => ({
        completed_tonnes: 11,
        legs: order.legs.map((leg) => ({
          ...leg,
          state: leg.number < 3 ? 'completed' : 'refused',
        })),
        fills: order.fills.map((fill) => ({
          ...fill,
          state: fill.leg < 3 ? 'committed' : fill.state,
        })),
      }))
      await shows(v, '.progress .now .small')
    },
  },
  {
    name: 'silent registry',
    go: async (v, stage) => {
      stage.api.scenario.stopAt = 'authorised'
      await pay(v, GOOD_CARD)
      await shows(v, '.progress')
      const at = new Date(Date.now() - 60_000).toISOString()
      stage.api.change(stage.onlyOrder().id, (order) => ({
        steps: order.steps.map((step) => ({ ...step, at })),
      }))
      await shows(v, '.note')
    },
  },
  {
    name: 'slow',
    go: async (v, { api }) => {
      await open(v)
      api.scenario.delayMs = 60_000
      await v.type('13')
      await press(v, '.foot .act')
      await shows(v, '.note')
    },
  },
  {
    name: 'offline',
    go: async (v) => {
      await open(v)
      // What explains trouble is fetched by the first that needs it.
      await v.type('1.5')
      await shows(v, '[aria-invalid=true]')
      // So are the words of a language by the first that speaks it.
      const before = await v.page.$eval('offset-button', (it) => it.getAttribute('lang') ?? 'en')
      for (const lang of [...LANGUAGES, before]) await v.speaks(lang)
      await v.page.setOfflineMode(true)
      await v.type('13')
      await shows(v, '.note')
    },
  },
  { name: 'registry closed', go: refused('registry_closed') },
  {
    name: 'paused',
    go: async (v, { api }) => {
      api.scenario.market = { state: 'halted' }
      await v.open()
      await shows(v, '.say')
    },
  },
  {
    name: 'other site',
    go: async (v, { api }) => {
      const refusal = problemOf('origin_not_allowed')
      api.scenario.refuse.market.push(refusal, refusal)
      api.scenario.refuse.quotes.push(refusal, refusal)
      await v.open()
      await shows(v, '.say')
    },
  },
  {
    name: 'hosted card',
    page: { policy: `frame-src 'none'` },
    go: async (v) => {
      await quote(v)
      await press(v, '.foot .act')
      await shows(v, '.note')
    },
  },
  {
    name: 'hosted',
    page: { policy: `connect-src 'none'` },
    go: async (v) => [await v.open(), await shows(v, '.say')],
  },
]

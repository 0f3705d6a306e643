import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PAGE_ASSETS, stylesheet } from '../../../api/pages/assets.ts'
import { marketPage } from '../../../api/pages/market-page.ts'
import { marketPath, readMarketQuery } from '../../../api/pages/market-query.ts'
import { errorPage, notFoundPage } from '../../../api/pages/problem-page.ts'
import { EMPTY, MARKET, NO_PROJECTS, PROJECTS } from './markets.ts'
import { ENGLISH } from './readers.ts'

const it = suite('market page')
const plain = readMarketQuery({})

it('a form that sends a name for each ticked box becomes the comma-separated filter of the API', () => {
  const { filter, offset } = readMarketQuery({
    host: ['KE', 'UG'],
    technology: 'hydro,solar',
    vintage_from: '2013',
    vintage_to: '',
    offset: '50',
    other: 'x',
  })
  assert.equal(filter, { host: 'KE,UG', technology: 'hydro,solar', vintage_from: '2013' })
  assert.is(offset, 50)
})

it('an offset that is not a count is the beginning', () => {
  for (const offset of ['-1', '1.5', 'x', '', '99999999', undefined])
    assert.is(readMarketQuery({ offset }).offset, 0)
})

it('a path leads back to the same choice', () => {
  const query = readMarketQuery({ host: ['KE', 'UG'], project: '0037&x=1', offset: '25' })
  const path = marketPath(query)
  const parameters = Object.fromEntries(new URL(path, 'https://offset.example').searchParams)
  assert.equal(readMarketQuery(parameters), query)
  assert.is(marketPath(plain), '/')
})

it('each price stands in the ladder with its tonnes and the sum up to it', () => {
  const page = marketPage(ENGLISH, MARKET, PROJECTS, plain)
  const rows = [
    ...page.matchAll(/<td class="p">(.*?)<.*?<td class="q">(.*?)<.*?class="cum">(.*?)</g),
  ]
  assert.is(rows.length, MARKET.depth.length)
  const tonnes = MARKET.depth.map((level) => level.quantity_tonnes)
  const third = tonnes.slice(0, 3).reduce((sum, next) => sum + next)
  assert.equal(rows[2]?.slice(1), [
    '$2.92',
    `${tonnes[2]?.toLocaleString('en')}\u202ft`,
    third.toLocaleString('en'),
  ])
  assert.match(page, '8 more prices, up to $5.46')
})

it('says DEMO, TEST and simulated in words', () => {
  const page = marketPage(ENGLISH, MARKET, PROJECTS, plain)
  for (const word of ['>TEST<', '>DEMO<', 'CDM registry, simulated: open; reported to close on'])
    assert.match(page, word)
  const real = marketPage(
    ENGLISH,
    { ...MARKET, demo: false, test: false, registries: [] },
    PROJECTS,
    plain,
  )
  for (const word of ['TEST', 'DEMO', 'simulated']) assert.not.match(real, word)
})

it('a title that is markup is shown, not run', () => {
  const page = marketPage(ENGLISH, MARKET, PROJECTS, plain)
  assert.not.match(page, '<img')
  assert.match(page, '&lt;img src=x onerror=alert(1)&gt;')
})

it('what is ticked stays ticked, also where nothing of it is on offer or it has no name', () => {
  const query = readMarketQuery({ host: ['KE', 'XQ', '"><b>'], technology: 'hydro' })
  const page = marketPage(ENGLISH, MARKET, PROJECTS, query)
  const ticked = [...page.matchAll(/name="(\w+)" value="([^"]*)" checked/g)].map((hit) => hit[2])
  assert.equal(ticked, ['KE', '&quot;&gt;&lt;b&gt;', 'XQ', 'hydro'])
})

it('limits without a field of their own are kept, said, and can be dropped', () => {
  const page = marketPage(
    ENGLISH,
    MARKET,
    PROJECTS,
    readMarketQuery({ project: '0037', host: 'KE' }),
  )
  assert.match(page, '<input type="hidden" name="project" value="0037">')
  assert.match(page, 'Only project 0037. <a class="l" href="/?host=KE">')
})

it('pages of projects lead on and back and keep the choice', () => {
  const query = readMarketQuery({ host: 'KE', offset: '25' })
  const page = marketPage(ENGLISH, MARKET, { ...PROJECTS, next_offset: 50, total: 75 }, query)
  assert.match(page, '26 to 50 of 75')
  assert.match(page, 'rel="prev" href="/?host=KE"')
  assert.match(page, 'rel="next" href="/?host=KE&amp;offset=50"')
  assert.not.match(
    marketPage(ENGLISH, MARKET, { ...PROJECTS, next_offset: null }, plain),
    /rel="(prev|next)"/,
  )
})

it('an empty choice says so and leads out of it', () => {
  const page = marketPage(ENGLISH, EMPTY, NO_PROJECTS, readMarketQuery({ host: 'KE' }))
  assert.match(page, 'Nothing is on offer in this choice today.')
  assert.match(page, 'Show everything')
  assert.not.match(page, '<table')
})

it('a halted market says that it is paused', () => {
  assert.match(
    marketPage(ENGLISH, { ...MARKET, state: 'halted' }, PROJECTS, plain),
    'The market is paused.',
  )
})

it('no page holds a script or a style of its own, or a path that is not served', () => {
  const problem = {
    type: 'https://offset.example/problems/certificate_not_found',
    title: 'No such certificate.',
    status: 404,
    detail: 'No such certificate.',
    code: 'certificate_not_found',
    retryable: false,
    remedy: 'Check the address printed on the certificate.',
  } as const
  const pages = [
    marketPage(ENGLISH, MARKET, PROJECTS, plain),
    notFoundPage(ENGLISH, { test: true }),
    errorPage(ENGLISH, problem, { test: false }),
  ]
  for (const page of pages) {
    assert.not.match(page, /<style|\sstyle=|\son\w+="|<script(?! type="module" src="\/pages\/)/)
    const served = PAGE_ASSETS.map((asset) => asset.path)
    for (const [, path] of page.matchAll(/(?:src|href)="(\/pages\/[^"]*)"/g))
      assert.ok(served.includes(path as string), path)
    assert.match(page, stylesheet.path)
  }
  assert.is(pages[2]?.match(/No such certificate\./g)?.length, 2, 'once as title, once as heading')
})

it.run()

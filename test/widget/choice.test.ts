import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NO_CHOICE } from '../../widget/choice.ts'
import { describeFilter } from '../../widget/describe-filter.ts'
import { facetsWithin, recounted } from '../../widget/facets.ts'
import { filterOf } from '../../widget/filter-of.ts'
import { ENGLISH_FORMAT as format, ENGLISH as language } from './support/english.ts'
import { marketOf } from './support/fixtures.ts'

const choice = suite('choice')
const market = marketOf({}, { publishable_key: 'pk', script_url: 'https://js.example/' })

choice('without a choice the bounds are the filter', () => {
  const bounds = { host: ['KE'], vintage: { from: 2013, to: 2020 } }
  assert.equal(filterOf(bounds, NO_CHOICE), bounds)
})

choice('a choice narrows the bounds', () => {
  const bounds = { host: ['KE', 'UG'], vintage: { from: 2013, to: 2020 } }
  assert.equal(filterOf(bounds, { ...NO_CHOICE, hosts: ['UG'], from: 2015 }), {
    host: ['UG'],
    vintage: { from: 2015, to: 2020 },
  })
})

choice('the years are in order whichever was chosen first', () => {
  assert.equal(filterOf({}, { ...NO_CHOICE, from: 2018, to: 2014 }).vintage, {
    from: 2014,
    to: 2018,
  })
})

choice('only what the bounds allow can be chosen, most tonnes first', () => {
  const facets = facetsWithin(market, { host: ['UG', 'KE'], vintage: { from: 2016, to: 2020 } })
  assert.equal(
    facets.hosts.map((it) => it.value),
    ['KE', 'UG'],
  )
  assert.equal(
    facets.years.map((it) => it.value),
    [2016, 2017, 2018],
  )
})

choice('values stay where they are while their tonnes change', () => {
  const before = [
    { value: 'KE', available_tonnes: 9 },
    { value: 'UG', available_tonnes: 3 },
  ]
  assert.equal(recounted(before, [{ value: 'UG', available_tonnes: 2 }]), [
    { value: 'KE', available_tonnes: 0 },
    { value: 'UG', available_tonnes: 2 },
  ])
})

choice('a filter is described in words, and no filter not at all', () => {
  const filter = {
    host: ['KE'],
    technology: ['hydro' as const, 'solar' as const],
    vintage: { from: 2016, to: 2016 },
  }
  assert.is(describeFilter(language, format, filter), 'Kenya; hydro or solar; 2016')
  assert.is(describeFilter(language, format, {}), null)
})

choice.run()

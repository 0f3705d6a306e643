import { type Book, createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Catalogue, Project } from '../../../api/market/catalogue.ts'
import { marketViews } from '../../../api/market/market.views.ts'
import { place } from './stores.ts'

const views = suite('what pages show of the book')

const PROJECT: Project = {
  id: 1,
  reference: '0037',
  title: 'Demo project',
  host: 'CR',
  technology: 'hydro',
  scope: null,
  scopeDerived: false,
}

/** A book of two offers that counts how often it is looked through, and names that can be corrected. */
function scene() {
  const book = createBook()
  book.apply(place(300, 100))
  book.apply(place(310, 50))
  const looks = { state: 0, depth: 0 }
  const counted: Book = {
    ...book,
    state: () => {
      looks.state++
      return book.state()
    },
    depth: (...args) => {
      looks.depth++
      return book.depth(...args)
    },
  }
  let host = PROJECT.host
  let revision = 1
  const catalogue: Catalogue = {
    project: () => ({ ...PROJECT, host }),
    projectByReference: () => PROJECT,
    sellerName: () => 'Demo seller',
    revision: () => revision,
    refresh: async () => {
      host = 'KE'
      revision++
    },
  }
  return { book: counted, looks, catalogue, shown: marketViews(catalogue) }
}

views('a choice is looked at once a batch, and the offers are gathered once', () => {
  const { book, looks, shown } = scene()
  const first = shown.depth(book, 7, { host: ['CR'] })
  assert.is(shown.depth(book, 7, { host: ['CR'] }), first)
  assert.is(first.available_tonnes, 150)
  assert.is(shown.depth(book, 7, { not: { host: ['CR'] } }).available_tonnes, 0)
  shown.projects(book, 7, {}, { offset: 0, limit: 10 })
  assert.equal(looks, { state: 1, depth: 2 })
})

views('the next batch is looked at anew', () => {
  const { book, looks, shown } = scene()
  shown.depth(book, 7, {})
  book.apply(place(290, 10))
  const { available_tonnes, best_price_minor } = shown.depth(book, 8, {})
  assert.equal([available_tonnes, best_price_minor], [160, 290])
  assert.equal(looks, { state: 2, depth: 2 })
})

views('corrected names show at once', async () => {
  const { book, catalogue, shown } = scene()
  assert.is(shown.depth(book, 7, {}).facets.host[0]?.value, 'CR')
  await catalogue.refresh()
  assert.is(shown.depth(book, 7, {}).facets.host[0]?.value, 'KE')
})

views('choices beyond the most that are kept are looked at again', () => {
  const { book, looks, shown } = scene()
  const choice = (index: number) => ({ vintage: { from: 2000 + (index % 10), to: 2010 } })
  for (let index = 0; index < 300; index++) {
    shown.depth(book, 7, {
      ...choice(index),
      scope: [1 + (Math.floor(index / 10) % 15)],
      unit_type: index < 150 ? ['CER'] : [],
    })
  }
  assert.is(looks.depth, 300)
  shown.depth(book, 7, { ...choice(299), scope: [15], unit_type: [] })
  assert.is(looks.depth, 300)
  shown.depth(book, 7, { ...choice(0), scope: [1], unit_type: ['CER'] })
  assert.is(looks.depth, 301)
  assert.is(looks.state, 1)
})

views.run()

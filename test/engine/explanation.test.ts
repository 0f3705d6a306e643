import {
  type Book,
  type BookState,
  type Command,
  createBook,
  type Explanation,
  explainPast,
  MAX_EXAMPLES,
  type OfferState,
  PASSED_OVER_REASONS,
  type PassedOverReason,
  type Query,
} from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Contents } from '../../engine/contents.ts'
import { explain as explainIn } from '../../engine/explain.ts'
import { Matching } from '../../engine/matching.ts'
import {
  accepted,
  commit,
  expireUnits,
  place,
  release,
  reserve,
  suspend,
  withdraw,
} from './commands.ts'

const explanations = suite('explanations')

explanations('each offer that was passed over has the first reason that holds', () => {
  const book = createBook()
  place(book, 100, 1, { project: 2 })
  place(book, 101, 2, { seller: 7 })
  place(book, 102, 3)
  place(book, 103, 4)
  place(book, 104, 5)
  reserve(book, { quantityTonnes: 5, maxPriceMinor: 104, filter: { project: [1] }, buyer: 7 })
  accepted(book, expireUnits(4))
  accepted(book, suspend(5))
  place(book, 105, 6)
  assert.equal(explain(book, { quantityTonnes: 6, filter: { project: [1] }, buyer: 7 }), [
    ['OutsideFilter', 1, 100, 1],
    ['OwnOffer', 2, 101, 2],
    ['Reserved', 3, 102, 3],
    ['UnitsExpired', 4, 103, 2],
    ['Suspended', 5, 104, 5],
  ])
})

explanations('an offer that is withdrawn and still reserved is withdrawn before all else', () => {
  const book = createBook()
  place(book, 100, 9)
  reserve(book, { quantityTonnes: 2 })
  place(book, 110, 1)
  const query = { quantityTonnes: 1 }
  accepted(book, suspend(1))
  accepted(book, expireUnits(1))
  assert.equal(explain(book, query), [['UnitsExpired', 1, 100, 7]])
  accepted(book, withdraw(1))
  assert.equal(explain(book, query), [['Withdrawn', 1, 100, 7]])
  assert.equal(explain(book, { ...query, buyer: 1, allOrNone: false }), [
    ['OwnOffer', 1, 100, 0],
    ['OwnOffer', 2, 110, 1],
  ])
  accepted(book, commit(1))
  assert.equal(explain(book, query), [])
})

explanations('what comes after the last fill was not passed over, also at its price', () => {
  const book = createBook()
  place(book, 100, 1, { project: 2 })
  place(book, 100, 1)
  place(book, 100, 1, { project: 3 })
  place(book, 101, 1, { project: 4 })
  const query = { quantityTonnes: 1, filter: { project: [1] } }
  assert.equal(explain(book, query), [['OutsideFilter', 1, 100, 1]])
})

explanations('where a query took nothing, all up to its price limit were passed over', () => {
  const book = createBook()
  for (const price of [100, 101, 102]) place(book, price, 1, { project: price })
  const query = { quantityTonnes: 1, filter: { project: [9] } }
  assert.is(explain(book, query).length, 3)
  assert.is(explain(book, { ...query, maxPriceMinor: 101 }).length, 2)
  // What would have been taken, had there been more, was not passed over.
  const short = { quantityTonnes: 9, filter: { project: [101] } }
  assert.equal(explain(book, short), [
    ['OutsideFilter', 1, 100, 1],
    ['OutsideFilter', 3, 102, 1],
  ])
})

explanations('so they were where a partial order took all there was', () => {
  const book = createBook({ maxFills: 2 })
  for (const price of [100, 101, 102, 103]) place(book, price, 1, { project: price % 2 })
  const partial = { allOrNone: false, filter: { project: [0] } }
  const both = [
    ['OutsideFilter', 2, 101, 1],
    ['OutsideFilter', 4, 103, 1],
  ]
  assert.equal(explain(book, { ...partial, quantityTonnes: 3 }), both)
  assert.equal(explain(book, { ...partial, budgetMinor: 304 }), both)
  assert.equal(explain(book, { ...partial, quantityTonnes: 2 }), both.slice(0, 1))
  assert.equal(explain(book, { ...partial, budgetMinor: 303 }), both.slice(0, 1))
  // Cut off at two fills, there would have been a third.
  place(book, 104, 1, { project: 0 })
  assert.equal(explain(book, { ...partial, quantityTonnes: 3 }), both.slice(0, 1))
})

explanations('the answer is that of the quote, and a malformed query passes nothing over', () => {
  const book = createBook()
  place(book, 100, 5, { project: 2 })
  for (const query of [
    { quantityTonnes: 3, allOrNone: true },
    { budgetMinor: 250, allOrNone: false },
    { quantityTonnes: 6, allOrNone: true },
  ]) {
    assert.equal(book.explain(query).answer, book.quote(query))
  }
  const none = book.explain({ quantityTonnes: 0, allOrNone: true, filter: { project: [1] } })
  assert.equal(none.answer, { kind: 'Rejected', reason: 'InvalidQuantity' })
  assert.equal(Object.keys(none.passedOver).sort(), [...PASSED_OVER_REASONS].sort())
  assert.equal(
    Object.values(none.passedOver),
    PASSED_OVER_REASONS.map(() => ({ offers: 0, quantityTonnes: 0 })),
  )
  assert.equal(none.examples, [])
})

explanations('all are counted, and the first twenty named', () => {
  const book = createBook()
  for (let offer = 0; offer < 50; offer++) place(book, 150 - offer, 2, { project: 2 })
  const query = { quantityTonnes: 1, allOrNone: true, filter: { project: [1] } }
  const { passedOver, examples } = book.explain(query)
  assert.equal(passedOver.OutsideFilter, { offers: 50, quantityTonnes: 100 })
  assert.is(MAX_EXAMPLES, 20)
  assert.equal(
    examples.map(({ priceMinor }) => priceMinor),
    Array.from({ length: 20 }, (_, index) => 101 + index),
  )
})

explanations('the journal explains a reserve as of before it, with what had ended by then', () => {
  const { book, commands, apply } = journal()
  const [sold, gone] = [apply(place, 100, 4), apply(place, 101, 5)]
  apply(place, 102, 6, { project: 2 })
  apply(place, 103, 1, { seller: 7 })
  apply(place, 104, 9)
  apply(place, 105, 9)
  apply(reserve, { quantityTonnes: 4 })
  commands.push(commit(1), withdraw(gone), withdraw(4))
  for (const command of commands.slice(-3)) accepted(book, command)
  const query = { quantityTonnes: 9, allOrNone: true, filter: { project: [1] }, buyer: 7 }
  const at = commands.push({ kind: 'Reserve', query, expiresAt: 9 }) - 1
  assert.equal(shown(book.explain(query)), [['OutsideFilter', 3, 102, 6]])
  const expected = [
    ['Exhausted', sold, 100, 4],
    ['Withdrawn', gone, 101, 5],
    ['OutsideFilter', 3, 102, 6],
  ]
  assert.equal(shown(explainPast(commands, at)), expected)
  commands.push(release(2), withdraw(5), withdraw(6))
  assert.equal(shown(explainPast(commands, at)), expected)
  assert.equal(shown(explainPast(new Set(commands), at)), expected)
})

explanations(
  'what ended stands at its last price and sequence, and after the last fill it does not count',
  () => {
    const { book, commands, apply } = journal()
    for (const price of [100, 100, 100]) apply(place, price, 1)
    const moved = { kind: 'AmendOffer', offer: 1, priceMinor: 101 } as const
    commands.push(moved, withdraw(1), withdraw(3))
    const query = { quantityTonnes: 1, allOrNone: true }
    const reserving = { kind: 'Reserve', query, expiresAt: 9 } as const
    assert.is(book.offer(1)?.priceMinor, 100)
    assert.equal(shown(explainPast([...commands, reserving], commands.length)), [])
    commands.push(withdraw(2))
    assert.equal(shown(explainPast([...commands, reserving], commands.length)), [
      ['Withdrawn', 2, 100, 1],
      ['Withdrawn', 3, 100, 1],
      ['Withdrawn', 1, 101, 1],
    ])
  },
)

explanations('what ended may come in any order, among offers that are open', () => {
  const book = createBook()
  for (let at = 0; at < 60; at++) place(book, 100 + at, 1, { project: at % 3 })
  const gone: OfferState[] = []
  for (const offer of [59, 3, 30, 6, 1]) {
    accepted(book, withdraw(offer))
    gone.push(book.offer(offer) as OfferState)
  }
  const query = { quantityTonnes: 40, allOrNone: true, filter: { project: [2] } }
  const { passedOver, examples } = book.explain(query, gone)
  // What ended outside the filter does not count.
  assert.equal(passedOver.Withdrawn, { offers: 3, quantityTonnes: 3 })
  assert.equal(passedOver.OutsideFilter, { offers: 38, quantityTonnes: 38 })
  const all = Array.from({ length: 60 }, (_, at) => at + 1)
  const expected = all.filter((offer) => [3, 6].includes(offer) || (offer % 3 !== 0 && offer > 1))
  assert.equal(
    examples.map(({ offer }) => offer),
    expected.slice(0, MAX_EXAMPLES),
  )
})

explanations('what is given as ended has to be an offer that has', () => {
  const book = createBook()
  for (const price of [100, 101, 102]) place(book, price, 5)
  accepted(book, withdraw(1))
  const ended = book.offer(1) as OfferState
  const open = book.offer(2) as OfferState
  const before = book.hash()
  const query = { quantityTonnes: 1, allOrNone: true }
  const explained = (state: unknown) => () => book.explain(query, [ended, state as OfferState])
  assert.is(explained({ ...ended, offer: 9 })().passedOver.Withdrawn.offers, 2)
  const malformed: readonly [unknown, RegExp][] = [
    [null, /must be offers/],
    ['offer', /must be offers/],
    [[ended], /must be offers/],
    [{}, /never given/],
    [{ ...ended, offer: '1' }, /never given/],
    [{ ...ended, seller: -1 }, /seller/],
    [{ ...ended, attributes: null }, /attributes/],
    [{ ...ended, withdrawnTonnes: 4 }, /add up/],
    [{ ...ended, withdrawn: undefined }, /booleans/],
    [open, /offer that ended, 2: has not ended/],
  ]
  for (const [one, sentence] of malformed) {
    assert.throws(explained(one), (error: unknown) => {
      return error instanceof TypeError && sentence.test(error.message)
    })
  }
  assert.is(book.hash(), before)
  book.verify()
})

explanations('what ended leaves nothing behind in a book that explains', () => {
  const contents = new Contents(512)
  const ended = createBook()
  place(ended, 100, 5, { project: 9 })
  accepted(ended, withdraw(1))
  const query = { quantityTonnes: 1, allOrNone: true, filter: { project: [9] } }
  const matching = new Matching(contents, 1000, undefined)
  const { examples } = explainIn(contents, matching, query, [ended.offer(1) as OfferState])
  assert.is(examples.length, 1)
  assert.is(contents.instruments.length, 0)
})

explanations('the journal may begin at a stored state, and with the cap of then', () => {
  const { book, commands, apply } = journal()
  apply(place, 100, 1)
  apply(place, 101, 1)
  const from = JSON.parse(JSON.stringify(book.state())) as BookState
  const query = { quantityTonnes: 2, allOrNone: true }
  const tail: Command[] = [withdraw(1), { kind: 'Reserve', query, expiresAt: 9 }]
  assert.equal(shown(explainPast(tail, 1, {}, from)), [['Withdrawn', 1, 100, 1]])
  commands.push({ kind: 'Reserve', query, expiresAt: 9 })
  const answer = explainPast(commands, 2, { maxFills: 1 })?.answer
  assert.equal(answer, { kind: 'Rejected', reason: 'TooManyFills' })
})

explanations('what is not there, or no reserve, is not explained', () => {
  const { commands, apply } = journal()
  apply(place, 100, 1)
  apply(reserve, { quantityTonnes: 1 })
  assert.ok(explainPast(commands, 1))
  for (const index of [0, 2, -1, 0.5, Number.NaN]) {
    assert.is(explainPast(commands, index), undefined)
  }
})

explanations.run()

type Shown = [reason: PassedOverReason, offer: number, priceMinor: number, tonnes: number]

function explain(book: Book, query: Partial<Query>): Shown[] {
  return shown(book.explain({ allOrNone: true, ...query }))
}

/** The examples; that the tallies are theirs is asserted. */
function shown(explanation: Explanation | undefined): Shown[] {
  if (!explanation) throw new Error('nothing was explained')
  const { examples, passedOver } = explanation
  for (const reason of PASSED_OVER_REASONS) {
    const some = examples.filter((one) => one.reason === reason)
    const quantityTonnes = some.reduce((sum, one) => sum + one.quantityTonnes, 0)
    assert.equal(passedOver[reason], { offers: some.length, quantityTonnes })
  }
  return examples.map((one) => [one.reason, one.offer, one.priceMinor, one.quantityTonnes])
}

/** A book whose accepted commands are written down. */
function journal() {
  const commands: Command[] = []
  const book = createBook()
  const writing: Book = {
    ...book,
    apply(command) {
      commands.push(command)
      return book.apply(command)
    },
  }
  const apply = <Rest extends unknown[], Answer>(
    act: (book: Book, ...rest: Rest) => Answer,
    ...rest: Rest
  ): Answer => act(writing, ...rest)
  return { book, commands, apply }
}

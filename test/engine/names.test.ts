import { createNames } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const names = suite('names')

names('names have numbers from one, in the order in which they came, and keep them', () => {
  const interned = createNames()
  for (const [index, name] of ['hydro', 'wind', '', 'Wind', 'hydro '].entries()) {
    assert.is(interned.numberOf(name), index + 1)
  }
  assert.is(interned.numberOf('wind'), 2)
  assert.is(interned.size, 5)
  assert.is(interned.nameOf(2), 'wind')
  assert.is(interned.nameOf(3), '')
})

names('finding a name gives it no number', () => {
  const interned = createNames()
  assert.is(interned.find('hydro'), undefined)
  assert.is(interned.size, 0)
  interned.numberOf('hydro')
  assert.is(interned.find('hydro'), 1)
})

names('strange names are ordinary ones, and none is taken for another', () => {
  const interned = createNames()
  const strange = [
    '__proto__',
    'constructor',
    'toString',
    '1',
    '01',
    '1.0',
    ' 1',
    '0',
    '-0',
    'length',
  ]
  for (const name of strange) assert.is(interned.find(name), undefined)
  const numbers = strange.map((name) => interned.numberOf(name))
  assert.equal(
    numbers,
    strange.map((_, index) => index + 1),
  )
  for (const [index, name] of strange.entries()) {
    assert.is(interned.find(name), index + 1)
    assert.is(interned.nameOf(index + 1), name)
  }
})

names('a number that was not given has no name', () => {
  const interned = createNames()
  interned.numberOf('hydro')
  for (const number of [0, 2, -1, 1.5, Number.NaN, '__proto__', 'length', undefined]) {
    assert.is(interned.nameOf(number as number), undefined)
  }
})

names('a name is a string, to be found too', () => {
  const interned = createNames()
  for (const name of [1, null, undefined, true, {}, ['hydro'], Symbol.iterator, 1n]) {
    assert.throws(() => interned.numberOf(name as string), TypeError)
    assert.throws(() => interned.find(name as string), TypeError)
  }
  assert.is(interned.size, 0)
})

names.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readMoney, readTonnes } from '../../widget/amount.ts'

const tonnes = suite('reading tonnes')

const TONNES: readonly [typed: string, expected: number | string][] = [
  ['12', 12],
  [' 12 ', 12],
  ['5,000', 5000],
  ['1,000,000', 1_000_000],
  ['0012', 12],
  ['', 'empty'],
  ['   ', 'empty'],
  ['1.5', 'fraction'],
  ['.5', 'fraction'],
  ['1,5', 'fraction'],
  ['12.0', 'fraction'],
  ['5,000.5', 'fraction'],
  ['0', 'zero'],
  ['-3', 'negative'],
  ['−3', 'negative'],
  ['1000001', 'huge'],
  ['99999999999999999999999', 'huge'],
  ['1e6', 'huge'],
  ['twelve', 'unreadable'],
  ['12 t', 'unreadable'],
  ['0x10', 'unreadable'],
  ['Infinity', 'unreadable'],
  ['12\u0000', 'unreadable'],
]

for (const [typed, expected] of TONNES)
  tonnes(`“${typed}” reads as ${expected}`, () => {
    const amount = readTonnes(typed)
    assert.is(amount.kind === 'amount' ? amount.value : amount.fault, expected)
  })

const money = suite('reading money')

const MONEY: readonly [typed: string, expected: number | string][] = [
  ['50', 5000],
  ['49.5', 4950],
  ['49.50', 4950],
  ['$50', 5000],
  ['US$1,000.01', 100_001],
  ['0.01', 1],
  ['1000000000', 100_000_000_000],
  ['49.505', 'fraction'],
  ['0', 'zero'],
  ['0.00', 'zero'],
  ['-50', 'negative'],
  ['1000000000.01', 'huge'],
  ['9'.repeat(30), 'huge'],
  ['', 'empty'],
  ['fifty', 'unreadable'],
  ['50 €', 'unreadable'],
]

for (const [typed, expected] of MONEY)
  money(`“${typed}” reads as ${expected}`, () => {
    const amount = readMoney(typed)
    assert.is(amount.kind === 'amount' ? amount.value : amount.fault, expected)
  })

tonnes.run()
money.run()

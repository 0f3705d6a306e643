import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Book, createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type MakeBook, replay } from '../engine/lockstep.ts'
import type { Step } from '../engine/step.ts'
import { engineArea } from './engine/engine-area.ts'
import { fuzz } from './fuzz.ts'
import { shrink } from './shrink.ts'

const fuzzing = suite('the fuzzer')

fuzzing('a list that fails is cut down to what is needed, and that made simple', () => {
  const isFailing = (numbers: readonly number[]): boolean =>
    numbers.includes(30) && numbers.some((number) => number >= 7 && number % 2 === 1)
  const area = {
    failing: (items: readonly number[]) =>
      isFailing(items) ? { sentence: 'it fails', items } : undefined,
    simpler: (item: number) => [item - 2, item - 1],
    rewritten: () => [],
  }
  const numbers = Array.from({ length: 200 }, (_, index) => (index * 37) % 101)
  assert.ok(isFailing(numbers))
  const left = shrink(area, numbers)
  assert.equal([...left].sort(), [30, 7].sort())
})

fuzzing('a planted bug is found, and shrunk to the few steps that show it', async () => {
  const lines: string[] = []
  const { failure } = await fuzz(engineArea(releasingTwice), {
    seed: 1,
    seconds: 60,
    stop: new AbortController().signal,
    print: (line) => lines.push(line),
  })
  assert.ok(failure, 'the bug was not found')
  assert.ok(failure.items <= 6, failure.text)
  assert.ok(lines.some((line) => line.startsWith(`Seed ${failure.seed} failed: `)))
  assert.match(failure.text, /ReleaseReservation/)

  // What it prints can be pasted as it stands: it fails on these books, and on no others.
  const pasted = pastedFrom(failure.text)
  assert.ok(fails(() => pasted(releasingTwice)))
  assert.not(fails(() => pasted(createBook)))
})

fuzzing('it ends with what it did: after its seconds, or when it is told to stop', async () => {
  const bounded = start('--seed', '5', '--seconds', '0')
  assert.equal(await bounded.end, 0)
  assert.match(bounded.output(), /^Seeds 5 to 5, \d+ operations: nothing found\.$/m)

  const endless = start()
  await once(endless.child.stdout, 'data')
  endless.child.kill('SIGINT')
  assert.equal(await endless.end, 0)
  assert.match(endless.output(), /^Seeds 1 to \d+, \d+ operations: nothing found\.$/m)
})

fuzzing('what it is not told properly, it does not run', async () => {
  for (const args of [['--seed', 'x'], ['--seconds', '-1'], ['another']]) {
    const { end, output } = start(...args)
    assert.is(await end, 2)
    assert.match(output(), /^npm run fuzz -- /m)
  }
})

fuzzing.run()

/** A book that gives the tonnes of a reservation back at each release, also when it has ended. */
function releasingTwice(...given: Parameters<MakeBook>): Book {
  const book = createBook(...given)
  const known = new Map<number, { offer: number; tonnes: number }>()
  return {
    ...book,
    apply(command) {
      const event = book.apply(command)
      if (event.kind === 'Reserved') {
        for (const { reservation, offer, quantityTonnes: tonnes } of event.fills) {
          known.set(reservation, { offer, tonnes })
        }
      }
      if (command.kind !== 'ReleaseReservation' || event.kind !== 'Rejected') return event
      const { offer, tonnes } = known.get(command.reservation) ?? { offer: 0, tonnes: 0 }
      const quantityTonnes = (book.offer(offer)?.quantityTonnes ?? 0) + tonnes
      book.apply({ kind: 'AmendOffer', offer, quantityTonnes })
      return event
    },
  }
}

function fails(act: () => void): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}

/** The printed text as a function of where the books come from. */
function pastedFrom(text: string): (makeBook: MakeBook) => void {
  const call = new Function('replay', text) as (
    replaying: (maxFills: number, before: number, steps: Step[]) => void,
  ) => void
  return (makeBook) => call((maxFills, before, steps) => replay(maxFills, before, steps, makeBook))
}

function start(...args: string[]) {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [
    main,
    ...(args[0] === 'another' ? [] : ['engine']),
    ...args,
  ])
  let output = ''
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return { child, end: once(child, 'close').then(([code]) => code), output: () => output }
}

/** Faults that the dice choose, one after another or two at once, on a town under load; what each cost; and what holds at the end. */
import { Dice } from '../simulation/dice.ts'
import { CHECKED, type Violation } from '../support/invariants.ts'
import { FAULTS } from './faults.ts'
import type { Load } from './load.ts'
import { startTown, type Town } from './town.ts'

/** One step: names of faults, at once, or the second as soon as the first is over. */
type Step = { readonly names: readonly string[]; readonly atOnce: boolean }

/** What a step cost whoever wanted an order. */
type Cost = { readonly pauseMs: number; readonly refused: number; readonly dropped: number }

/** Enough that somebody still comes when some wait for a node that stands still. */
const BUYERS = 20
/** The logs of the last run. */
const LOGS = '.data/chaos-logs'

export const faultsOf = (word: string): readonly string[] =>
  Object.keys(FAULTS).filter((name) => name.toLowerCase().includes(word.toLowerCase()))

/** Tells what happened, and resolves with whether every promise was kept and every invariant holds. */
export async function runFaults(
  names: readonly string[],
  { faults, seed }: { readonly faults: number; readonly seed: number },
): Promise<boolean> {
  const dice = new Dice(seed)
  const town = await startTown(BUYERS)
  const costs = new Map<string, Cost[]>()
  try {
    for (let done = 0; done < faults; ) {
      const step = nextStep(dice, names, faults - done)
      done += step.names.length
      const cost = await take(town, step)
      const name = step.names.join(step.atOnce ? ' | ' : ', then ')
      console.log(`${done} of ${faults}: ${name}; ${tell(town.load)}`)
      costs.set(name, [...(costs.get(name) ?? []), cost])
      if (cost.dropped > 0 && step.names.every((one) => FAULTS[one]?.isGraceful)) {
        town.load.failures.push(`${cost.dropped} requests had no answer at ${name}`)
      }
    }
    const violations = await town.settle()
    tellCosts(costs)
    tellInvariants(violations)
    const { failures, promised } = town.load
    for (const failure of failures) console.error(failure)
    if (failures.length > 0 || violations.length > 0) throw new Error('Not everything holds.')
    console.log(
      `${faults} faults, ${promised.size} orders promised and kept; no invariant is broken`,
    )
    return true
  } catch (error) {
    console.error(error)
    console.error(`Seed ${seed}. The logs are in ${LOGS}.`)
    return false
  } finally {
    await town.close()
    town.keepLogs(LOGS)
  }
}

/** One time in four it is two faults, to different parts: at once, or one right after the other. */
function nextStep(dice: Dice, names: readonly string[], left: number): Step {
  const first = dice.pick(names)
  const others = names.filter(
    (name) => !FAULTS[name]?.to.some((part) => FAULTS[first]?.to.includes(part)),
  )
  if (left < 2 || others.length === 0 || !dice.chance(250)) return { names: [first], atOnce: false }
  return { names: [first, dice.pick(others)], atOnce: dice.chance(500) }
}

async function take(town: Town, { names, atOnce }: Step): Promise<Cost> {
  await town.load.orders(3)
  town.load.forget()
  const happen = async (name: string) => FAULTS[name]?.happens(town)
  if (atOnce) await Promise.all(names.map(happen))
  else for (const name of names) await happen(name)
  await town.load.orders(1)
  const { refusals, losses } = town.load
  return {
    pauseMs: town.load.longestPauseMs(),
    refused: [...refusals.values()].reduce((sum, { times }) => sum + times, 0),
    dropped: losses.get('dropped without an answer')?.times ?? 0,
  }
}

function tell(load: Load): string {
  const told = [...load.refusals, ...load.losses].map(
    ([what, { times, firstMs, lastMs }]) =>
      `${times} ${what} over ${Math.round(lastMs - firstMs)} ms`,
  )
  const pause = `at most ${Math.round(load.longestPauseMs())} ms without an order`
  return [`${load.promised.size} orders`, pause, ...told].join('; ')
}

function tellCosts(costs: ReadonlyMap<string, readonly Cost[]>): void {
  console.log('\ntimes  longest ms without an order  refused  dropped')
  for (const [name, all] of [...costs].sort(([one], [another]) => (one < another ? -1 : 1))) {
    const sum = (of: 'refused' | 'dropped') => all.reduce((total, cost) => total + cost[of], 0)
    const pause = Math.round(Math.max(...all.map(({ pauseMs }) => pauseMs)))
    const figures = [
      [all.length, 5],
      [pause, 28],
      [sum('refused'), 8],
      [sum('dropped'), 8],
    ] as const
    console.log(
      `${figures.map(([figure, width]) => String(figure).padStart(width)).join(' ')}  ${name}`,
    )
  }
  console.log('')
}

function tellInvariants(violations: readonly Violation[]): void {
  for (const { invariant, rule } of CHECKED) {
    const broken = violations.find((one) => one.rule === rule)
    console.log(`${broken ? 'BROKEN' : 'holds '} ${invariant}. ${rule}`)
    for (const row of broken?.rows.slice(0, 20) ?? []) console.log(`    ${JSON.stringify(row)}`)
  }
}

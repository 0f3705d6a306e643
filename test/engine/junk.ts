/** Commands gone wrong: one value replaced by something that is no good there, or just beyond its bound. */
import type { Command } from '@offset-button/engine'
import type { Random } from './random.ts'

export const JUNK: readonly unknown[] = [
  '5',
  '01',
  '__proto__',
  '',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1.5,
  0,
  -0,
  -1,
  null,
  undefined,
  true,
  2 ** 31,
  2 ** 32 + 1,
  2 ** 53,
  1_000_000_001,
  1_000_000_000_001,
  5n,
  [],
  {},
  [1, '2'],
  { project: ['1'] },
  { project: 1 },
  { project: [2 ** 31] },
  { colour: [1] },
  { vintage: { from: 2015, to: 2014 } },
  { vintage: { from: 0, to: 2 ** 31 } },
  { vintage: 2015 },
  { not: null },
  { not: [] },
  { not: { colour: [1] } },
  { not: { project: [-1] } },
  { not: { vintage: { from: 2015, to: 2014 } } },
  { not: { not: { project: [1] } } },
  JSON.parse('{"__proto__": [1]}'),
]

/** A copy of the command with one value of it, or of its query or attributes, replaced. */
export function spoilt(random: Random, command: Command): Command {
  const copy = structuredClone(command) as unknown as Record<string, unknown>
  const inner = copy.query ?? copy.attributes
  const target = inner && random.chance(70) ? (inner as Record<string, unknown>) : copy
  const names = Object.keys(target).filter((name) => name !== 'kind')
  const name = random.pick(target === copy.query ? [...names, 'filter', 'buyer'] : names)
  target[name] = random.pick(JUNK)
  return copy as unknown as Command
}

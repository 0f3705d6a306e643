/** Runs cases of the crash matrix for `npm run chaos -- --matrix`. */
import { CASES, type Case } from './matrix.ts'
import { runCase } from './matrix-case.ts'
import { type MatrixStack, startMatrixStack } from './matrix-stack.ts'

/** The cases whose name holds the word; all for an empty one. */
export const casesOf = (word: string): readonly Case[] =>
  CASES.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()))

/** Runs them on one stack, or on a new one after each that failed. False where one failed. */
export async function runMatrix(cases: readonly Case[]): Promise<boolean> {
  const began = performance.now()
  const failed: string[] = []
  let on: MatrixStack | null = null
  for (const [index, one] of cases.entries()) {
    const from = performance.now()
    let said = 'holds '
    try {
      on ??= await startMatrixStack()
      await runCase(on, one)
    } catch (error) {
      said = 'BROKEN'
      failed.push(one.name)
      console.error(error)
      await on?.close()
      on = null
    }
    const place = `${index + 1} of ${cases.length}`
    console.log(`${said} ${place}: ${one.name} (${seconds(performance.now() - from)})`)
  }
  await on?.close()
  for (const name of failed) console.log(`BROKEN ${name}`)
  console.log(`in ${seconds(performance.now() - began)}`)
  console.log(`${cases.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`

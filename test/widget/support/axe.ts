import { createRequire } from 'node:module'
import type { Visitor } from './visitor.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

type AxeRun = { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }

/**
 * What axe-core finds, over the shadow root too; the provider's frame is the provider's. `isColourKnown` leaves out the contrast,
 * which is most of the work, where the same state has been looked at in another language.
 */
export const violationsOf = async (v: Visitor, isColourKnown = false): Promise<string[]> => {
  await v.stands()
  if (!(await v.page.evaluate(() => 'axe' in globalThis))) await v.page.addScriptTag({ path: AXE })
  const run = await v.page.evaluate(async (isColourKnown) => {
    const axe = (
      globalThis as unknown as { axe: { run(on: object, how: object): Promise<AxeRun> } }
    ).axe
    return await axe.run(
      { include: ['offset-button'], exclude: ['iframe'] },
      { iframes: false, rules: { 'color-contrast': { enabled: !isColourKnown } } },
    )
  }, isColourKnown)
  return run.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`)
}

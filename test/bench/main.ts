/**
 * Runs the benchmarks: `npm run bench`, `npm run bench -- engine` for one area, `npm run bench -- engine growth` for some of
 * its cases; `--quick` for an impression.
 */
import { benchEngine, ENGINE_CASES } from './engine/engine.ts'
import { benchMarket, MARKET_CASES } from './market/market.ts'
import { benchWidget, WIDGET_CASES } from './widget/widget.ts'

interface Area {
  readonly cases: readonly string[]
  readonly bench: (isQuick: boolean, cases: readonly string[]) => Promise<void>
}

const AREAS: Readonly<Record<string, Area>> = {
  engine: { cases: ENGINE_CASES, bench: benchEngine },
  market: { cases: MARKET_CASES, bench: benchMarket },
  widget: { cases: WIDGET_CASES, bench: benchWidget },
}

// Whoever breaks a run off does not want its processes to go on.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

const words = process.argv.slice(2)
const isQuick = words.includes('--quick')
const [name, ...cases] = words.filter((word) => word !== '--quick')
const areas = name === undefined ? Object.values(AREAS) : [AREAS[name]]
const isKnown = areas.every((area) => area && cases.every((word) => area.cases.includes(word)))
if (isKnown) for (const area of areas) await area?.bench(isQuick, cases)
else {
  const known = Object.entries(AREAS).map(([area, of]) => `${area} (${of.cases.join(', ')})`)
  console.error(`There is no such benchmark. Areas and their cases: ${known.join('; ')}.`)
  process.exitCode = 1
}

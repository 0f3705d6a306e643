/** How long is it from the click to the quote on the screen? With the API, its databases and the browser on this machine. */
import { buildWidget } from '@offset-button/demo-site/start/widget-build'
import { launchBrowser } from '../../../support/chromium.ts'
import { must, openMarket } from '../../../support/market.ts'
import { type Stack, startStack } from '../../../support/stack.ts'
import { startHostPage } from '../../../widget/support/host-page.ts'
import { count, digits } from '../../support/numbers.ts'
import { quantile, type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import type { Settings } from '../settings.ts'
import { type Visit, visitOnce, type Way } from './visit.ts'

/** Milliseconds. */
export interface Click {
  readonly way: Way
  readonly shown: Summary
  readonly p95: number
  /** When the element's files and the price were there, in the middle. */
  readonly files: number
  readonly priced: number
}

const WAYS: readonly Way[] = ['price fetched', 'pointer just over it', 'cold']
const KEY = 'pk_bench_page_0000000001'

/** Every visit has a new profile; the ways take turns, so that what else the machine does hits all alike. */
export async function measureClicks(settings: Settings) {
  await buildWidget()
  const stack = await startStack({ api: { LOG_LEVEL: 'error' } })
  const page = await startHostPage()
  const browser = await launchBrowser()
  try {
    await openForButton(stack, new URL(page.url).origin)
    page.show({
      body: `<script type="module" src="/offset-button.js"></script>
<offset-button key="${KEY}" api="${stack.url}" tonnes="12"></offset-button>`,
    })
    const visits = new Map<Way, Visit[]>(WAYS.map((way) => [way, []]))
    for (let round = -settings.warmUps; round < settings.visits; round++) {
      for (const way of WAYS) {
        const visit = await visitOnce(browser, page.url, way)
        if (round >= 0) visits.get(way)?.push(visit)
      }
    }
    return {
      browser: await browser.version(),
      clicks: [...visits].map(([way, of]) => summaryOf(way, of)),
    }
  } finally {
    await browser.close()
    await page.close()
    await stack.close()
  }
}

async function openForButton(stack: Stack, origin: string): Promise<void> {
  await openMarket(
    stack,
    Array.from({ length: 20 }, (_, index) => ({
      seller: index % 4,
      quantity: 5 + index,
      priceMinor: 300 + index,
      project: index % 4,
    })),
  )
  await must(stack.url, 'PUT', `/v1/operator/publishable-keys/${KEY}`, {
    key: stack.keys.operatorToken,
    body: { name: 'Bench', origins: [origin] },
  })
}

function summaryOf(way: Way, visits: readonly Visit[]): Click {
  const shown = visits.map(({ shownMs }) => shownMs)
  const middle = (of: (visit: Visit) => number) => summarise(visits.map(of)).median
  return {
    way,
    shown: summarise(shown),
    p95: quantile(Float64Array.from(shown).sort(), 0.95),
    files: middle(({ filesMs }) => filesMs),
    priced: middle(({ pricedMs }) => pricedMs),
  }
}

const before = (ms: number): string => (ms < 0 ? 'before' : digits(ms))
const COLUMNS: readonly Column<Click>[] = [
  { title: 'before the click', left: true, text: ({ way }) => way },
  { title: 'visits', text: ({ shown }) => count(shown.repetitions) },
  { title: 'files ms', text: ({ files }) => before(files) },
  { title: 'price ms', text: ({ priced }) => before(priced) },
  { title: 'shown ms', text: ({ shown }) => digits(shown.median) },
  { title: 'p95 ms', text: ({ p95 }) => digits(p95) },
  { title: 'least', text: ({ shown }) => digits(shown.least) },
  { title: 'most', text: ({ shown }) => digits(shown.most) },
]

export function renderClicks(rows: readonly Click[]): string {
  return renderTable(COLUMNS, rows)
}

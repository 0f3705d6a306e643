/** One visit to somebody's page: the button is pressed once, and the time taken until its quote is on the screen. */
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer'

/** How a visitor comes to the click. */
export type Way = 'price fetched' | 'pointer just over it' | 'cold'

/** Milliseconds since the click. */
export interface Visit {
  /** The quote is on the screen. */
  readonly shownMs: number
  /** The last file of the element that the quote needs was there; below zero where that was before the click. */
  readonly filesMs: number
  /** The price was there. */
  readonly pricedMs: number
}

const WITHIN_MS = 60_000
/** From a hand that reaches the button to its press. */
const HAND_MS = 100

/** In a profile of its own: nothing is in any cache. */
export async function visitOnce(browser: Browser, url: string, way: Way): Promise<Visit> {
  const context = await browser.createBrowserContext()
  try {
    return await press(context, url, way)
  } finally {
    await context.close()
  }
}

async function press(context: BrowserContext, url: string, way: Way): Promise<Visit> {
  const page = await context.newPage()
  await page.setViewport({ width: 1280, height: 900, hasTouch: way === 'cold' })
  await page.evaluateOnNewDocument(watch)
  await page.goto(url)
  const button = await page.waitForSelector('offset-button >>> .button', { timeout: WITHIN_MS })
  if (!button) throw new Error('There is no button.')
  await page.waitForFunction('document.readyState === "complete"')
  await reach(page, button, way)
  const shown = await page.waitForFunction(
    () => (globalThis as unknown as { shown?: Visit }).shown,
    { timeout: WITHIN_MS },
  )
  return (await shown.jsonValue()) as Visit
}

/** A finger touches and presses at once; a pointer is over the button first. */
async function reach(page: Page, button: ElementHandle, way: Way): Promise<void> {
  if (way === 'cold') return button.tap()
  await button.hover()
  if (way === 'price fetched') {
    await page.waitForSelector('offset-button >>> [part=price] ::-p-text($)', {
      timeout: WITHIN_MS,
    })
  } else await new Promise((resolve) => setTimeout(resolve, HAND_MS))
  await page.mouse.down()
  await page.mouse.up()
}

/**
 * Runs in the page. The clock starts with the browser's own time of the press, and stops in the first
 * task after the frame that drew the quote.
 */
function watch(): void {
  let pressed = 0
  addEventListener(
    'pointerdown',
    (event) => {
      pressed ||= event.timeStamp
      requestAnimationFrame(look)
    },
    { capture: true },
  )
  const look = (): void => {
    const root = document.querySelector('offset-button')?.shadowRoot
    const price = root?.querySelector<HTMLElement>('.panel .pairs bdi')
    if (!price?.checkVisibility() || !/\d/.test(price.innerText)) requestAnimationFrame(look)
    else setTimeout(told)
  }
  const told = (): void => {
    const now = performance.now()
    const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const lastOf = (pattern: RegExp) =>
      Math.max(
        ...all.filter(({ name }) => pattern.test(name)).map(({ responseEnd }) => responseEnd),
      )
    Object.assign(globalThis, {
      shown: {
        shownMs: now - pressed,
        filesMs: lastOf(/offset-(panel|en)-/) - pressed,
        pricedMs: lastOf(/\/v1\/market/) - pressed,
      },
    })
  }
}

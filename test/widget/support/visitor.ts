import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer'

export type Told = { readonly name: string; readonly detail: Record<string, unknown> | null }
export type Visitor = Awaited<ReturnType<typeof visitPage>>

const EVENTS = ['open', 'quote', 'reserved', 'paid', 'cancelled', 'certificate', 'error']

/** A visitor at a page, in a browser profile of its own, who presses what can be seen by its words. */
export const visit = async (
  browser: Browser,
  url: string,
  width = 1280,
  height = 900,
): Promise<Visitor> => {
  return visitPage(await browser.createBrowserContext(), url, width, height)
}

/** The same visitor at a page in one more tab. */
export const visitPage = async (
  context: BrowserContext,
  url: string,
  width = 1280,
  height = 900,
) => {
  const page = await context.newPage()
  await page.setViewport({ width, height })
  const problems: string[] = []
  const warnings: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'warn') warnings.push(message.text())
  })
  await page.evaluateOnNewDocument((names: string[]) => {
    const told: Told[] = []
    const violations: string[] = []
    Object.assign(globalThis, { told, violations })
    addEventListener('securitypolicyviolation', (event) =>
      violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
    )
    for (const name of names)
      addEventListener(`offset-${name}`, (event) =>
        told.push({ name, detail: (event as CustomEvent).detail }),
      )
  }, EVENTS)
  await page.goto(url)
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await context.close()
  }
  return { ...actions(page), page, problems, warnings, close }
}

const actions = (page: Page) => {
  /** The text of the panel, or of the button while the panel is closed. */
  const text = (): Promise<string> =>
    page.evaluate(() => {
      const root = document.querySelector('offset-button')?.shadowRoot
      const panel = root?.querySelector<HTMLElement>('.panel')
      const shown = panel?.checkVisibility() ? panel : root?.querySelector<HTMLElement>('.button')
      return (shown?.innerText ?? '').replace(/[\u202f\u00a0]/g, ' ').replace(/\s+/g, ' ')
    })

  const sees = async (words: string, timeout = 30_000): Promise<void> => {
    const end = Date.now() + timeout
    let seen = ''
    while (Date.now() < end) {
      seen = await text()
      if (seen.includes(words)) return
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    throw new Error(`Waited for “${words}”, saw: ${seen}`)
  }

  /** The button, link, tab or summary whose words, or accessible name, begin so. */
  const find = async (words: string): Promise<ElementHandle<HTMLElement>> => {
    const handle = await page.waitForFunction(
      (wanted: string) => {
        const root = document.querySelector('offset-button')?.shadowRoot
        const all = root?.querySelectorAll<HTMLElement>('button, a, summary, [role=tab]') ?? []
        return [...all].find((it) => {
          const name = (it.getAttribute('aria-label') ?? it.innerText).replace(
            /[\u202f\u00a0\s]+/g,
            ' ',
          )
          return it.checkVisibility() && name.trim().startsWith(wanted)
        })
      },
      { timeout: 30_000 },
      words,
    )
    return handle as ElementHandle<HTMLElement>
  }

  const told = () => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told)

  return {
    text,
    sees,
    find,
    press: async (words: string) => (await find(words)).click(),
    /** Points at the button, as somebody does who may press it. */
    pointAt: async () => (await page.waitForSelector('offset-button >>> .button'))?.hover(),
    /** Presses the button on the page. */
    open: async () => {
      const button = await page.waitForSelector('offset-button >>> .button')
      await button?.click()
      // The first step is drawn behind the closed panel: nothing can be typed there yet.
      await page.waitForSelector('offset-button >>> .panel .body', { visible: true })
    },
    /** Types into the amount's field. */
    type: async (words: string) => {
      const field = await page.waitForSelector('offset-button >>> #amount', { visible: true })
      await field?.evaluate((it) => (it as HTMLInputElement).select())
      await field?.press('Backspace')
      await field?.type(words)
    },
    tick: async () => (await page.waitForSelector('offset-button >>> #consent'))?.click(),
    /** Types a card number into the provider's frame. */
    card: async (number: string) => {
      const frame = await page.waitForSelector('offset-button > [slot=payment] iframe')
      const content = await frame?.contentFrame()
      const field = await content?.waitForSelector('#number')
      await field?.evaluate((it) => (it as HTMLInputElement).select())
      await field?.type(number)
    },
    focused: () =>
      page.evaluate(() => {
        const active = document.querySelector('offset-button')?.shadowRoot?.activeElement
        return active?.id || (active as HTMLElement | null)?.innerText?.trim() || null
      }),
    /** Resolves once nothing that ends by itself moves any more. */
    stands: async () => {
      await page.waitForFunction(() => {
        const root = document.querySelector('offset-button')?.shadowRoot
        return (root?.getAnimations() ?? []).every(
          (it) => it.playState !== 'running' || it.effect?.getTiming().iterations === Infinity,
        )
      })
    },
    /** Has the element speak another language, and waits until its panel does. */
    speaks: async (lang: string) => {
      await page.$eval('offset-button', (it, lang) => it.setAttribute('lang', lang), lang)
      await page.waitForFunction(
        (lang: string) => {
          const root = document.querySelector('offset-button')?.shadowRoot
          const panel = root?.querySelector<HTMLElement>('.panel')
          return !panel?.checkVisibility() || panel.lang.startsWith(lang)
        },
        {},
        lang,
      )
    },
    /** What the page's own policy refused so far. */
    violations: () =>
      page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations),
    told,
    /** The first event that is such, once there is one. */
    hears: async (isSuch: (it: Told) => boolean, timeout = 30_000): Promise<Told> => {
      for (const end = Date.now() + timeout; ; ) {
        const found = (await told()).find(isSuch)
        if (found) return found
        if (Date.now() > end)
          throw new Error(`Waited for an event, heard: ${JSON.stringify(await told())}`)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    },
    states: () =>
      page.evaluate(() =>
        ['loading', 'open', 'test', 'closed', 'done'].filter((name) =>
          document.querySelector('offset-button')?.matches(`:state(${name})`),
        ),
      ),
  }
}

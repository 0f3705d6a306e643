/**
 * Draws the contact sheets of docs/images: all that the button and its panel show, at 320 and 1280 pixels, a sheet each for light,
 * dark and right to left. `node test/widget/contact-sheet.ts`, or with the names of some sheets; `--to DIRECTORY` draws each
 * picture by itself, in its own size, into that directory instead.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setStage } from './support/stage.ts'
import { STATES, type State, see } from './support/states.ts'

const IMAGES = join(import.meta.dirname, '../../docs/images')
const SHEETS = [
  { name: 'button-light', scheme: 'light', lang: 'en', dir: 'ltr' },
  { name: 'button-dark', scheme: 'dark', lang: 'en', dir: 'ltr' },
  { name: 'button-rtl', scheme: 'light', lang: 'ar', dir: 'rtl' },
] as const
type Sheet = (typeof SHEETS)[number]
type Picture = { readonly name: string; readonly png: Uint8Array }

const closers: (() => unknown)[] = []
const hooks = { each: (): void => undefined }
const stage = await setStage({
  after: Object.assign((close: () => unknown) => closers.push(close), hooks),
  before: hooks,
} as never)

const drawState = async (sheet: Sheet, width: number, state: State): Promise<Picture> => {
  const v = await see(stage, state, `lang="${sheet.lang}"`, sheet, width)
  await new Promise((resolve) => setTimeout(resolve, 450))
  // On a wide page either the panel's half, or the page's.
  const isOpen = await v.page.$eval('offset-button', (it) =>
    Boolean(it.shadowRoot?.querySelector('dialog[open]')),
  )
  const x = isOpen === (sheet.dir === 'ltr') ? 780 : 0
  const png = await v.page.screenshot({
    // A narrow page is shown whole: clipped, one from right to left is shifted.
    ...(width === 320 ? {} : { clip: { x, y: 0, width: 500, height: 900 } }),
    captureBeyondViewport: false,
  })
  await v.close()
  return { name: `${state.name}, ${width}`, png }
}

const drawSheet = async (name: string, pictures: readonly Picture[]) => {
  const page = await stage.browser.newPage()
  await page.setViewport({ width: 1760, height: 800 })
  const figures = pictures.map(
    ({ name, png }) =>
      `<figure style="margin:0"><figcaption>${name}</figcaption>
      <img style="height:400px" src="data:image/png;base64,${Buffer.from(png).toString('base64')}"></figure>`,
  )
  await page.setContent(
    `<body style="margin:16px;font:13px Inter;background:#dde;display:flex;flex-wrap:wrap;gap:12px">${figures.join('')}</body>`,
  )
  await page.screenshot({ path: `${join(IMAGES, name)}.png`, fullPage: true })
  await page.close()
}

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' } },
})
for (const sheet of SHEETS) {
  if (wanted.length > 0 && !wanted.includes(sheet.name)) continue
  const pictures: Picture[] = []
  for (const width of [320, 1280])
    for (const state of STATES) {
      const picture = await drawState(sheet, width, state)
      pictures.push(picture)
      if (values.to)
        await writeFile(join(values.to, `${sheet.name}, ${picture.name}.png`), picture.png)
    }
  if (!values.to) await drawSheet(sheet.name, pictures)
  console.log(`${sheet.name}: ${pictures.length} pictures`)
}
for (const close of closers.reverse()) await close()

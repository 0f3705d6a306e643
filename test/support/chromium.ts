import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import chromium from '@sparticuz/chromium'
import puppeteer, { type Browser } from 'puppeteer'
import { temporaryFolder } from './own-server.ts'

const require = createRequire(import.meta.url)
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/offset-button')

/** What keeps the browser to the page under test: nothing of its own goes over the network. */
const FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

const FONTS = [
  {
    folder: dirname(require.resolve('@expo-google-fonts/inter/package.json')),
    family: 'Inter',
    standsFor: ['system-ui', 'sans-serif', 'Segoe UI', 'Roboto', 'Helvetica Neue', 'Arial'],
  },
  {
    folder: dirname(require.resolve('@expo-google-fonts/source-serif-4/package.json')),
    family: 'Source Serif 4',
    standsFor: ['serif', 'Georgia', 'Times New Roman'],
  },
  {
    folder: dirname(require.resolve('@expo-google-fonts/source-code-pro/package.json')),
    family: 'Source Code Pro',
    standsFor: ['monospace', 'ui-monospace', 'Menlo', 'Consolas'],
  },
]

/** For scripts that the families above lack: found by what they cover, never by name. */
const MORE_FONTS = ['arabic', 'devanagari'].map((script) =>
  dirname(require.resolve(`@expo-google-fonts/noto-sans-${script}/package.json`)),
)

/**
 * Starts the Chromium that comes with the installed packages, as root or not, with a profile and
 * fonts of its own. Pages keep their origins apart as for a visitor. Close it at the end:
 * `const browser = keep(await launchBrowser())` (clean-up.ts).
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await unpackedChromium()
  const folder = temporaryFolder()
  const browser = await puppeteer.launch({
    executablePath,
    headless: 'shell',
    pipe: true,
    args: FLAGS,
    userDataDir: join(folder, 'profile'),
    env: { ...process.env, HOME: folder, FONTCONFIG_FILE: fontConfiguration(folder) },
  })
  browser.once('disconnected', () =>
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 9 }),
  )
  return browser
}

/** Unpacks the browser once an installation; processes that do so at the same time do not meet. */
async function unpackedChromium(): Promise<string> {
  // The package does not export its package.json.
  const about = join(dirname(require.resolve('@sparticuz/chromium')), '../package.json')
  const { version } = JSON.parse(fs.readFileSync(about, 'utf8'))
  const kept = join(CACHE, `chromium-${version}`)
  if (!fs.existsSync(kept)) {
    fs.mkdirSync(CACHE, { recursive: true })
    const part = fs.mkdtempSync(join(CACHE, 'chromium-new-'))
    await withTemporaryFolder(part, () => chromium.executablePath())
    try {
      fs.renameSync(part, kept)
    } catch {
      fs.rmSync(part, { recursive: true, force: true })
    }
  }
  return join(kept, 'chromium')
}

/** The package unpacks into the system's temporary folder, which the environment names. */
async function withTemporaryFolder(folder: string, act: () => Promise<unknown>): Promise<void> {
  const before = process.env.TMPDIR ?? tmpdir()
  process.env.TMPDIR = folder
  try {
    await act()
  } finally {
    process.env.TMPDIR = before
  }
}

/**
 * Fonts for pictures that look alike everywhere, as a browser without a desktop has none of its own:
 * each of the families that pages ask for is one of three installed packages. The system's fonts are
 * there for what these lack. Chromium asks for `system-ui` by no name at all, hence the last rule.
 */
function fontConfiguration(home: string): string {
  const installed = [...FONTS.map(({ folder }) => folder), ...MORE_FONTS].map(
    (folder) => `<dir>${folder}</dir>`,
  )
  const aliases = FONTS.flatMap(({ family, standsFor }) =>
    standsFor.map(
      (name) =>
        `<match target="pattern"><test name="family"><string>${name}</string></test><edit name="family" mode="prepend" binding="strong"><string>${family}</string></edit></match>`,
    ),
  )
  const file = join(home, 'fonts.conf')
  fs.writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${installed.join('')}<dir>/usr/share/fonts</dir><cachedir>${join(home, 'font-cache')}</cachedir>
${aliases.join('\n')}
<match target="pattern"><edit name="family" mode="append_last"><string>Inter</string></edit></match>
</fontconfig>`,
  )
  return file
}

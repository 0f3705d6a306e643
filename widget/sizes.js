/**
 * Measures what was built against its budgets, in bytes after gzip: prints a line each, and fails
 * where one is exceeded. The panel to the first quote is all that is fetched from the first interest
 * until a live price stands in the panel; the receipt and the later steps follow while it is read.
 */
import { globSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LANGUAGES = ['en', 'fr', 'es', 'de', 'pt', 'ar', 'zh', 'hi']
const largest = (files) => Math.max(...files.map(size))
const size = (pattern) =>
  globSync(pattern, { cwd: new URL('dist', import.meta.url) })
    .map((file) => gzipSync(readFileSync(new URL(`dist/${file}`, import.meta.url)), { level: 9 }))
    .reduce((sum, { length }) => sum + length, 0)

const first = LANGUAGES.map((code) => `offset-{panel,${code}}-????????.js`)
const whole = LANGUAGES.map(
  (code) =>
    `offset-{panel,quote,payment,progress-step,certificate-step,${code},${code}.rest}-????????.js`,
)
const BUDGETS = [
  ['the entry', size('offset-button.js'), 8_000],
  ['the panel to the first quote, in the largest language', largest(first), 12_000],
  ['a whole purchase, in the largest language', largest(whole), 45_000],
  ['offset-market, all languages and Lit', size('offset-market.js'), 13_600],
  ['offset-counter, all languages and Lit', size('offset-counter.js'), 10_300],
  ['offset-certificate, all languages and Lit', size('offset-certificate.js'), 10_500],
]

for (const [what, bytes, most] of BUDGETS) {
  const isOver = bytes > most
  console.log(`${isOver ? 'TOO LARGE' : 'fits'}: ${what}, ${bytes} of ${most} bytes`)
  if (isOver || bytes === 0) process.exitCode = 1
}

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A file that pages refer to. The path changes with the content, so it may be cached for ever. */
export type PageAsset = { readonly path: string; readonly type: string; readonly body: Buffer }

export const stylesheet = asset('pages.css', 'text/css; charset=utf-8', [
  'frame.css',
  'certificate.css',
  'market.css',
  'print.css',
])
export const copyScript = asset('copy.js', 'text/javascript; charset=utf-8')
export const icon = asset('icon.svg', 'image/svg+xml')

/** Everything to be served for the hosted pages. */
export const PAGE_ASSETS: readonly PageAsset[] = [stylesheet, copyScript, icon]

/** The Content-Security-Policy of every hosted page: no inline script, no inline style. */
export const PAGE_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "script-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Reads the parts once, at start, and serves them as one file named after its content. */
function asset(name: string, type: string, parts: readonly string[] = [name]): PageAsset {
  const body = Buffer.concat(parts.map((part) => readFileSync(new URL(part, import.meta.url))))
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { path: `/pages/${name.replace('.', `.${hash}.`)}`, type, body }
}

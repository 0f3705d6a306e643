import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A file that pages refer to. The path changes with the content, so it may be cached for ever. */
export type PageAsset = { readonly path: string; readonly type: string; readonly body: Buffer }

export const stylesheet = asset('pages.css', 'text/css; charset=utf-8', [
  'frame.css',
  'certificate.css',
  'market.css',
  'purchase.css',
  'print.css',
])
export const copyScript = asset('copy.js', 'text/javascript; charset=utf-8')
export const orderScript = asset('order.js', 'text/javascript; charset=utf-8')
export const icon = asset('icon.svg', 'image/svg+xml')

/** Everything to be served for the hosted pages. */
export const PAGE_ASSETS: readonly PageAsset[] = [stylesheet, copyScript, orderScript, icon]

/** What every hosted page allows: no inline script, no inline style. */
const ALLOWED = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'script-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** The Content-Security-Policy of every hosted page without a card form. */
export const PAGE_SECURITY_POLICY = policyOf(ALLOWED)

/** The policy of a page that looks now and then whether it would say something else. */
export const FOLLOWING_SECURITY_POLICY = policyOf({ ...ALLOWED, 'connect-src': ["'self'"] })

/** The policy of a page with a card form: the payment service's script and frames beside our own. */
export function cardSecurityPolicy(scriptUrl: string): string {
  const { origin } = new URL(scriptUrl)
  // Stripe's script needs more than its origin: https://docs.stripe.com/security/guide#content-security-policy
  const isStripe = origin === 'https://js.stripe.com'
  return policyOf({
    ...ALLOWED,
    'script-src': ["'self'", origin],
    'connect-src': ["'self'", origin, ...(isStripe ? ['https://api.stripe.com'] : [])],
    'frame-src': [
      origin,
      ...(isStripe ? ['https://*.js.stripe.com', 'https://hooks.stripe.com'] : []),
    ],
  })
}

function policyOf(allowed: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(allowed)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
}

/** Reads the parts once, at start, and serves them as one file named after its content. */
function asset(name: string, type: string, parts: readonly string[] = [name]): PageAsset {
  const body = Buffer.concat(parts.map((part) => readFileSync(new URL(part, import.meta.url))))
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { path: `/pages/${name.replace('.', `.${hash}.`)}`, type, body }
}

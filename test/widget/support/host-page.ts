import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const DIST = new URL('../../../widget/dist/', import.meta.url)

/** Somebody's website, on an origin of its own: any body, any headers, and the element's files beside it. */
export const startHostPage = async () => {
  let html = ''
  let policy = ''
  let reported = ''
  const server = createServer((request, response) => {
    const [file = ''] = /offset-[\w.-]+\.js$/.exec(request.url ?? '') ?? []
    if (file) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' })
      return response.end(readFileSync(new URL(file, DIST)))
    }
    if (policy) response.setHeader('Content-Security-Policy', policy)
    if (reported) response.setHeader('Content-Security-Policy-Report-Only', reported)
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/article`,
    /** What the page is from now on. */
    show(page: {
      body: string
      head?: string
      dir?: 'ltr' | 'rtl'
      scheme?: 'light' | 'dark'
      policy?: string
      /** A policy that only reports. */
      reported?: string
    }) {
      policy = page.policy ?? ''
      reported = page.reported ?? ''
      const scheme = page.scheme ?? 'light'
      html = `<!doctype html><html lang="en" dir="${page.dir ?? 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="${scheme}">
<title>Eleven months on the gauge</title>${page.head ?? ''}</head><body><main><h1>Eleven months on the gauge</h1>
<p>Low water is when our work is. From June to September two boats and a van carried nets and probes.</p>
${page.body}</main></body></html>`
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

import { parentPort } from 'node:worker_threads'
import type { Certificate } from '@offset-button/contract'
import type { LanguageCode } from '@offset-button/contract/words/language'
import { assert } from '../assert.ts'
import { languageOf } from '../pages/language.ts'
import { drawCertificate } from './pdf-document.ts'

/** The thread of certificate.pdf.ts. */
export type DrawRequest = {
  readonly number: number
  readonly certificate: Certificate
  readonly language: LanguageCode
}

export type Drawn =
  | { readonly kind: 'ok'; readonly number: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly number: number; readonly message: string }

assert(parentPort, 'pdf-thread.ts is started as a thread')
const port = parentPort
port.on('message', async ({ number, certificate, language }: DrawRequest) => {
  try {
    const bytes = await drawCertificate(languageOf(language), certificate)
    port.postMessage({ kind: 'ok', number, bytes } satisfies Drawn)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    port.postMessage({ kind: 'failed', number, message } satisfies Drawn)
  }
})

import { Worker } from 'node:worker_threads'
import type { Certificate } from '@offset-button/contract'
import type { LanguageCode } from '@offset-button/contract/words/language'
import type { Drawn, DrawRequest } from './pdf-thread.ts'

type Waiting = {
  readonly resolve: (bytes: Buffer) => void
  readonly reject: (error: Error) => void
}

let thread: Worker | null = null
let lastNumber = 0
const waiting = new Map<number, Waiting>()

/** The languages that the embedded fonts can set; a reader of another gets the PDF in English. */
const SET: ReadonlySet<LanguageCode> = new Set(['en', 'fr', 'es', 'de', 'pt'])

/** The language of the PDF for a reader of `wanted`. */
export const pdfLanguage = (wanted: LanguageCode): LanguageCode => (SET.has(wanted) ? wanted : 'en')

/**
 * The certificate as an A4 PDF: selectable text, embedded fonts for Latin, Greek and Cyrillic. The
 * same certificate in the same language gives the same bytes. Drawn on a thread of its own, one after another, because
 * setting type takes longer (0.3 s, some seconds with thousands of serial blocks) than a process
 * that answers others may pause. The thread keeps no process alive. Rejects where drawing fails.
 */
export function certificatePdf(certificate: Certificate, wanted: LanguageCode): Promise<Buffer> {
  thread ??= start()
  const worker = thread
  worker.ref()
  const number = ++lastNumber
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject })
    const language = pdfLanguage(wanted)
    worker.postMessage({ number, certificate, language } satisfies DrawRequest)
  })
}

function start(): Worker {
  const worker = new Worker(new URL('./pdf-thread.ts', import.meta.url))
  worker.on('message', (drawn: Drawn) => {
    const asked = waiting.get(drawn.number)
    waiting.delete(drawn.number)
    if (waiting.size === 0) worker.unref()
    if (drawn.kind === 'ok') asked?.resolve(Buffer.from(drawn.bytes))
    else asked?.reject(new Error(`the PDF could not be drawn: ${drawn.message}`))
  })
  worker.on('error', (error) => giveUp(worker, error))
  worker.on('exit', () => giveUp(worker, new Error('the thread that draws PDFs ended')))
  return worker
}

/** The next request starts a thread anew. */
function giveUp(worker: Worker, error: unknown): void {
  if (thread !== worker) return
  thread = null
  for (const { reject } of waiting.values())
    reject(error instanceof Error ? error : new Error(String(error)))
  waiting.clear()
}

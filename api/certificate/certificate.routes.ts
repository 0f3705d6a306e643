import type Router from '@koa/router'
import { certificate } from '@offset-button/contract'
import { z } from 'zod'
import type { Application } from '../application.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import type { Described } from '../http/openapi.ts'
import { Refusal } from '../http/refusal.ts'
import { certificateLinks } from '../order/order.view.ts'
import { readerOf, sendPage } from '../pages/pages.routes.ts'
import { certificatePage } from './certificate.page.ts'
import { certificatePdf, pdfLanguage } from './certificate.pdf.ts'
import { readCertificate } from './certificate.store.ts'

const certificateId = z.strictObject({ certificate: z.string().regex(/^[a-z0-9]{26}$/) })

export function certificateEndpoints(application: Application): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/certificates/{certificate}',
      operation: 'readCertificate',
      summary: 'A certificate; as a page and a PDF under /certificates/',
      caller: 'anybody',
      params: certificateId,
      status: 200,
      result: certificate,
      problems: ['certificate_not_found'],
      handle: async ({ params }) => find(application, params.certificate),
    }),
  ]
}

const shown = {
  method: 'get',
  caller: 'anybody',
  params: certificateId,
  status: 200,
  problems: ['certificate_not_found'],
} as const
export const CERTIFICATE_PAGES: readonly Described[] = [
  {
    ...shown,
    path: '/certificates/{certificate}',
    operation: 'showCertificate',
    summary: 'A certificate as a page',
    media: ['text/html'],
  },
  {
    ...shown,
    path: '/certificates/{certificate}.pdf',
    operation: 'printCertificate',
    summary: 'A certificate as a PDF',
    media: ['application/pdf'],
  },
]

/** `GET /certificates/{id}` and `/certificates/{id}.pdf`. */
export function mountCertificatePages(router: Router, application: Application): void {
  router.get('/certificates/:file', async (context) => {
    const { id, kind } = /^(?<id>[a-z0-9]{26})(?<kind>\.pdf)?$/.exec(context.params.file ?? '')
      ?.groups ?? { id: '', kind: undefined }
    const found = await find(application, id ?? '')
    if (kind === undefined) {
      const { pdf_url: pdfUrl } = certificateLinks(application.publicUrl, found.id)
      const reader = readerOf(context)
      sendPage(context, reader, certificatePage(reader, found, { pdfUrl }))
      return
    }
    const { code } = readerOf(context).language
    context.type = 'application/pdf'
    context.vary('Accept-Language')
    context.set('Content-Language', pdfLanguage(code))
    context.set('Content-Disposition', `inline; filename="certificate-${found.id}.pdf"`)
    context.body = await certificatePdf(found, code)
  })
}

async function find({ db }: Application, id: string) {
  const found = await readCertificate(db, id)
  if (!found) throw new Refusal('certificate_not_found')
  return found
}

import { z } from 'zod'
import { hostCode, projectReference, scope, technology } from './primitives.ts'

/** What an operator tells the system once; each call may be repeated and then changes nothing. */

export const importProjectsRequest = z
  .strictObject({
    projects: z
      .array(
        z.strictObject({
          reference: projectReference,
          title: z.string().min(1).max(500),
          host: hostCode,
          technology,
          scope: scope.nullable(),
          scope_derived: z.boolean(),
          source: z.string().min(1).max(200).meta({ description: 'Where the facts come from.' }),
        }),
      )
      .min(1)
      .max(2000),
  })
  .meta({ id: 'ImportProjectsRequest' })
export type ImportProjectsRequest = z.infer<typeof importProjectsRequest>

export const importProjectsResult = z
  .strictObject({ imported: z.int() })
  .meta({ id: 'ImportProjectsResult' })

export const putSellerRequest = z
  .strictObject({
    name: z.string().min(1).max(120),
    api_key: z
      .string()
      .regex(/^sk_pp_[A-Za-z0-9]{24,64}$/)
      .meta({ description: 'Kept as a hash only.' }),
    holding_accounts: z.array(z.string()).min(1).max(100),
    demo: z.boolean(),
  })
  .meta({ id: 'PutSellerRequest' })
export type PutSellerRequest = z.infer<typeof putSellerRequest>

export const putPublishableKeyRequest = z
  .strictObject({
    name: z.string().min(1).max(120),
    origins: z
      .array(z.url())
      .min(1)
      .max(50)
      .meta({ description: 'Origins whose pages may use the key, such as https://example.org.' }),
  })
  .meta({ id: 'PutPublishableKeyRequest' })
export type PutPublishableKeyRequest = z.infer<typeof putPublishableKeyRequest>

export const acknowledged = z.strictObject({ ok: z.literal(true) }).meta({ id: 'Acknowledged' })

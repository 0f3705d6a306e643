import { z } from 'zod'
import { projectSummary } from './market.ts'
import { instant, serialBlock, tonnes, unitType, vintage } from './primitives.ts'

export const certificateLine = z
  .strictObject({
    project: projectSummary,
    vintage,
    unit_type: unitType,
    quantity_tonnes: tonnes,
    blocks: z.array(serialBlock),
    original_commitment_period: z.int(),
    applicable_commitment_period: z.int(),
    transaction: z.string(),
    reference: z.string().meta({ description: "The registry's attestation, such as VC118/2026." }),
  })
  .meta({ id: 'CertificateLine' })

/** The public view: nothing about money, nothing about the buyer but what was given to be public. */
export const certificate = z
  .strictObject({
    id: z.string(),
    url: z.url(),
    simulated: z.boolean(),
    demo: z.boolean(),
    quantity_tonnes: tonnes,
    beneficiary: z.string().nullable(),
    purpose: z.string().nullable(),
    statement: z.string().meta({ description: 'What was cancelled, for whom, when.' }),
    registry: z.string(),
    completed_at: instant,
    issued_at: instant,
    lines: z.array(certificateLine),
    history: z.array(z.strictObject({ step: z.string(), at: instant })),
  })
  .meta({ id: 'Certificate' })
export type Certificate = z.infer<typeof certificate>

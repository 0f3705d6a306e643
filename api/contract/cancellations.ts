import { z } from 'zod'
import { instant } from './primitives.ts'

const count = z.int().min(0)

/** What has been cancelled through one publishable key: a sum, and nothing of any order. */
export const cancellations = z
  .strictObject({
    cancelled_tonnes: count,
    orders: count.meta({ description: 'Orders of which at least one tonne was cancelled.' }),
    last_at: instant.nullable().meta({ description: 'When the last of them was cancelled.' }),
    simulated: z.boolean().meta({ description: 'True: no real unit was cancelled.' }),
  })
  .meta({
    id: 'Cancellations',
    description: 'The tonnes that the registry has cancelled through one publishable key.',
  })
export type Cancellations = z.infer<typeof cancellations>

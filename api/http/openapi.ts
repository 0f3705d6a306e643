import { PROBLEMS, problem } from '@offset-button/contract'
import { z } from 'zod'
import type { CallerKind } from './callers.ts'
import type { Endpoint } from './endpoint.ts'

const SECURITY: Record<CallerKind, object[]> = {
  anybody: [],
  page: [{ publishableKey: [] }],
  seller: [{ sellerKey: [] }],
  operator: [{ operatorToken: [] }],
}

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description })

/** The OpenAPI 3.1 document of all endpoints, derived from their schemas. */
export function openApiDocument(endpoints: readonly Endpoint[], server: string): object {
  const schemas = new Map<string, object>()
  const reference = (schema: z.ZodType, io: 'input' | 'output') => toReference(schema, io, schemas)
  const paths: Record<string, Record<string, object>> = {}
  for (const one of endpoints) {
    const operations = paths[one.path] ?? {}
    paths[one.path] = operations
    operations[one.method] = {
      operationId: one.operation,
      summary: one.summary,
      security: SECURITY[one.caller],
      parameters: [
        ...parametersOf(one.params, 'path'),
        ...parametersOf(one.query, 'query'),
        ...(one.idempotent ? [IDEMPOTENCY_KEY] : []),
      ],
      ...(one.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: reference(one.body, 'input') } },
            },
          }
        : {}),
      responses: {
        [one.status]: {
          description: 'Done.',
          content: { 'application/json': { schema: reference(one.result, 'output') } },
        },
        ...problemResponses(one, reference(problem, 'output')),
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'offset-button',
      version: '1.0.0',
      description:
        'Have carbon credits cancelled in your name. Amounts are integers in the minor unit of the currency; quantities are whole tonnes. The card is confirmed with the payment service, never here: see payment.client_secret of an order.',
    },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      securitySchemes: {
        publishableKey: bearer('pk_…: on web pages of the allowed origins.'),
        sellerKey: bearer('sk_pp_…: a project participant, from its server.'),
        operatorToken: bearer("The operator's token."),
      },
    },
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Fresh and random for each new request; the same when one is repeated.',
  schema: { type: 'string', minLength: 16, maxLength: 128 },
}

function toReference(
  schema: z.ZodType,
  io: 'input' | 'output',
  schemas: Map<string, object>,
): object {
  const {
    $defs,
    $schema: _,
    ...own
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Record<string, unknown> & { $defs?: Record<string, object> }
  const moved = (value: object) =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as object
  for (const [name, definition] of Object.entries($defs ?? {})) schemas.set(name, moved(definition))
  const name = (schema.meta() as { id?: string } | undefined)?.id
  if (!name) return moved(own)
  schemas.set(name, moved(own))
  return { $ref: `#/components/schemas/${name}` }
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, { description?: string }>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(property.description ? { description: property.description } : {}),
    schema: property,
  }))
}

function problemResponses(one: Endpoint, schema: object): Record<string, object> {
  const byStatus = Map.groupBy(
    [...one.problems, 'internal' as const],
    (code) => PROBLEMS[code].status,
  )
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].sentence}`).join('\n'),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  )
}

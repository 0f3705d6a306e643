import { PROBLEMS, type ProblemCode, problem } from '@offset-button/contract'
import { z } from 'zod'
import type { CallerKind } from './callers.ts'
import type { Endpoint } from './endpoint.ts'
import { problemOf } from './refusal.ts'

/** What the document says of an operation; of one that answers with anything but JSON too. */
export type Described = Omit<Endpoint, 'handle' | 'result'> & {
  /** Default: application/json alone. */
  readonly media?: readonly string[]
  readonly result?: z.ZodType
  /** Another status with the same body. */
  readonly otherStatus?: number
}

const SECURITY: Record<CallerKind, object[]> = {
  anybody: [],
  page: [{ publishableKey: [] }],
  seller: [{ sellerKey: [] }],
  operator: [{ operatorToken: [] }],
}

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description })

/** The OpenAPI 3.1 document of all operations, derived from their schemas. */
export function openApiDocument(operations: readonly Described[], server: string): object {
  const schemas = new Map<string, object>()
  const reference = (schema: z.ZodType, io: 'input' | 'output') => toReference(schema, io, schemas)
  const paths: Record<string, Record<string, object>> = {}
  for (const one of operations) {
    const ofPath = paths[one.path] ?? {}
    paths[one.path] = ofPath
    ofPath[one.method] = {
      operationId: one.operation,
      summary: one.summary,
      security: [...SECURITY[one.caller], ...(one.keyInAddress ? [{ keyInAddress: [] }] : [])],
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
        [one.status]: { description: 'Done.', content: contentOf(one, reference) },
        ...(one.otherStatus
          ? { [one.otherStatus]: { description: 'Not now.', content: contentOf(one, reference) } }
          : {}),
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
        keyInAddress: {
          type: 'apiKey',
          in: 'query',
          name: 'key',
          description:
            'The publishable key without a header: a browser then asks without a preflight.',
        },
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
  // A schema with a name is a reference to its own definition.
  return moved(own)
}

function contentOf(
  { media = ['application/json'], result }: Described,
  reference: (schema: z.ZodType, io: 'output') => object,
): Record<string, object> {
  const json = result ? { schema: reference(result, 'output') } : {}
  return Object.fromEntries(media.map((one) => [one, one === 'application/json' ? json : {}]))
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

/** What a node says that sent the request on to the holder of the market. */
function problemsOfForwarding({ method, path }: Described): ProblemCode[] {
  if (!path.startsWith('/v1/')) return []
  return method === 'get' ? ['market_unavailable'] : ['market_unavailable', 'outcome_unknown']
}

function problemResponses(one: Described, schema: object): Record<string, object> {
  const byStatus = Map.groupBy(
    new Set([...one.problems, ...problemsOfForwarding(one), 'internal' as const]),
    (code) => PROBLEMS[code].status,
  )
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].sentence}`).join('\n'),
        content: {
          'application/problem+json': {
            schema,
            examples: Object.fromEntries(codes.map((code) => [code, { value: problemOf(code) }])),
          },
        },
      },
    ]),
  )
}

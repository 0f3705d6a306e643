/** Speaks to the API and holds every answer against what /openapi.json declares of it. */
import assert from 'node:assert/strict'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

type Media = { readonly schema?: object }
type Response = { readonly content: Readonly<Record<string, Media>> }
export type Operation = {
  readonly operationId: string
  readonly security: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, Response>>
}
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export type Sent = {
  readonly key?: string
  readonly body?: unknown
  /** Sent as it is, instead of `body`. */
  readonly raw?: string
  readonly headers?: Readonly<Record<string, string>>
}
export type Told<T> = {
  readonly status: number
  readonly body: T
  readonly text: string
  readonly headers: Headers
}

export type Declared = Awaited<ReturnType<typeof declared>>

/** What the API says of itself, and a way to send requests whose answers are checked against it. */
export async function declared(url: string) {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document
  const validators = validatorsOf(document)
  return {
    document,
    /** Every operation with its path and method. */
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    ),
    isValid(schema: string, value: unknown): boolean {
      return validators(schema)(value) as boolean
    },
    /** Fails unless path, status, media type and body are as declared. */
    async send<T = Record<string, never>>(
      method: string,
      path: string,
      sent: Sent = {},
    ): Promise<Told<T>> {
      const response = await fetch(`${url}${path}`, requestInit(method, sent))
      const text = await textOf(response)
      const what = `${method} ${path}: ${response.status} ${text.slice(0, 300)}`
      const media = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
      const answer = findOperation(document, method, path)?.responses[response.status]
      assert.ok(answer, `not declared: ${what}`)
      assert.ok(media in answer.content, `media type ${media} is not declared: ${what}`)
      const body = media.endsWith('json') ? JSON.parse(text) : null
      const { schema } = answer.content[media] ?? {}
      if (schema) {
        const validate = validators((schema as { $ref: string }).$ref.split('/').at(-1) ?? '')
        assert.ok(validate(body), `${what}: ${JSON.stringify(validate.errors)}`)
      }
      return { status: response.status, body: body as T, text, headers: response.headers }
    },
  }
}

/** The body; of a stream of events, which may never end, what comes first. */
async function textOf(response: globalThis.Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isStream || !response.body) return response.text()
  const reader = response.body.getReader()
  const { value } = await reader.read()
  reader.cancel().catch(() => undefined)
  return new TextDecoder().decode(value)
}

/** What a problem's body is, as far as tests look. */
export type ProblemBody = {
  readonly type: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly available_tonnes?: number
  readonly minimum_tonnes?: number
  readonly registry_codes?: readonly number[]
}

function requestInit(method: string, { key, body, raw, headers }: Sent): RequestInit {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  return {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  }
}

function validatorsOf({ components }: Document): (name: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'document', components })
  return (name) => {
    const validate = ajv.getSchema(`document#/components/schemas/${name}`)
    assert.ok(validate, `no schema ${name}`)
    return validate
  }
}

/** The operation whose path, with its parameters, is this one; literal parts win. */
function findOperation(document: Document, method: string, path: string): Operation | undefined {
  const [bare = ''] = path.split('?')
  const found = Object.keys(document.paths)
    .filter((one) => new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare))
    .toSorted((one, other) => other.length - one.length)
  return found
    .map((one) => document.paths[one]?.[method.toLowerCase()])
    .find((one) => one !== undefined)
}

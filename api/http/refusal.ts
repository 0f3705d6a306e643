import { PROBLEMS, type Problem, type ProblemCode } from '@offset-button/contract'

type Extra = Partial<
  Pick<
    Problem,
    | 'errors'
    | 'available_tonnes'
    | 'minimum_tonnes'
    | 'maximum_tonnes'
    | 'registry_codes'
    | 'detail'
  >
>

/** An expected refusal on its way to the caller. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ProblemCode
  readonly extra: Extra

  constructor(code: ProblemCode, extra: Extra = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }
}

/** The body of a refusal: RFC 9457, from the one table of problems. */
export function problemOf(code: ProblemCode, extra: Extra = {}): Problem {
  const { status, sentence, retryable, remedy } = PROBLEMS[code]
  return {
    type: `/problems/${code}`,
    title: sentence,
    status,
    detail: sentence,
    code,
    retryable,
    remedy,
    ...extra,
  }
}

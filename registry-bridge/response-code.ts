/**
 * What a registry's numbers mean, once: the simulated registry refuses with them, adapters draw their advice from them.
 * origin: `registry` one real registry's local checks; `indicative` recalled codes of the transaction log;
 * `bridge` ours (9000 and up), where the field names none.
 */
type ResponseCodeEntry = {
  readonly sentence: string
  readonly origin: 'registry' | 'indicative' | 'bridge'
  readonly advice: Advice
}

/** retry: it may succeed later unchanged. refuse: it will not. person: somebody has to look. */
export type Advice = 'retry' | 'refuse' | 'person'

export const RESPONSE_CODES = {
  1001: local('The check digits of an account number are wrong.'),
  1002: local('There is no such account.'),
  1003: local('The account is closed.'),
  1004: local('The account is suspended.'),
  1006: local('Another transaction of this account is pending.', 'retry'),
  2003: local('The acquiring account is closed.'),
  2007: local('The type of the acquiring account is not allowed.'),
  3001: local('A commitment period is not valid.'),
  3003: local('The blocks do not share one applicable commitment period.'),
  3004: local('More than 3000 blocks.'),
  3005: local('The quantity exceeds the balance.'),
  3006: local('A unit type is not allowed.'),
  3007: local('The quantity is zero.'),
  3008: local('A quantity is not a positive whole number.'),
  3016: local('A reconciliation is in progress.', 'retry'),
  4003: indicative('Units are not held by the initiating registry.'),
  4004: indicative('The attributes of a block are inconsistent.'),
  4010: indicative('Units are involved in another transaction.', 'retry'),
  4011: indicative('Cancelled units cannot be transacted.'),
  4012: indicative('There is no unit block.'),
  5153: indicative('The acquiring account is not a cancellation account.'),
  5155: indicative('The commitment periods of account and units do not match.'),
  9000: bridge('The request cannot be read.', 'person'),
  9001: bridge('Units are not within one earmark.', 'person'),
  9002: bridge('The reference stands for another request.', 'person'),
  9003: bridge('There is no such transaction.', 'refuse'),
  9004: bridge('The transaction has ended otherwise.', 'refuse'),
  9005: bridge('The registry takes no cancellations now.', 'retry'),
  9006: bridge('The registry has closed for good.', 'refuse'),
  9007: bridge('The transaction is not checked yet.', 'retry'),
  9008: bridge('Units are earmarked already.', 'refuse'),
  9009: bridge('There is no such earmark.', 'refuse'),
  9010: bridge('The earmark was released.', 'refuse'),
  9011: bridge('Blocks overlap.', 'person'),
} as const satisfies Readonly<Record<number, ResponseCodeEntry>>

export type ResponseCode = keyof typeof RESPONSE_CODES

/** The gravest advice among the codes: person, then refuse, then retry. An unknown code wants a person. */
export function adviceOf(codes: readonly number[]): Advice {
  const advice = codes.map((code) => entryOf(code)?.advice ?? 'person')
  if (advice.length === 0 || advice.includes('person')) return 'person'
  return advice.includes('refuse') ? 'refuse' : 'retry'
}

/** Sentences for people, one a code; a code that is only indicative says so. */
export function messageOf(codes: readonly number[]): string {
  return codes.map(sentenceOf).join(' ')
}

/** The code, marked where it is only indicative. */
export function labelOf(code: number): string {
  return entryOf(code)?.origin === 'indicative' ? `${code}, indicative` : String(code)
}

function sentenceOf(code: number): string {
  const sentence = entryOf(code)?.sentence ?? 'The registry gave a code that is not known here.'
  return `${sentence} (${labelOf(code)})`
}

function entryOf(code: number): ResponseCodeEntry | undefined {
  return (RESPONSE_CODES as Readonly<Record<number, ResponseCodeEntry>>)[code]
}

function local(sentence: string, advice: Advice = 'refuse'): ResponseCodeEntry {
  return { sentence, origin: 'registry', advice }
}

function indicative(sentence: string, advice: Advice = 'refuse'): ResponseCodeEntry {
  return { sentence, origin: 'indicative', advice }
}

function bridge(sentence: string, advice: Advice): ResponseCodeEntry {
  return { sentence, origin: 'bridge', advice }
}

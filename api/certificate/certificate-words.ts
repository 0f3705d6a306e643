import type { Certificate } from '@offset-button/contract'
import { clockText, isoDay } from '../pages/format.ts'
import { type Language, languageOf } from '../pages/language.ts'

/** What the page and the PDF both say, in one place, so that they never differ. */

type Line = Certificate['lines'][number]

const NUMBERS = (
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen ' +
  'Sixteen Seventeen Eighteen Nineteen Twenty'
).split(' ')

const ON_BEHALF_OF = ' on behalf of '
const english = languageOf('en')

/** A number at the start of a sentence: a word up to twenty, digits above. */
export const numberWord = (count: number): string => NUMBERS[count] ?? english.count(count)

/**
 * The sentence of a certificate: what was cancelled, when and for whom. Kept with the certificate
 * when it is issued, in English. Without beneficiary and purpose the units are cancelled for their own project.
 */
export function statementOf(
  facts: Pick<Certificate, 'quantity_tonnes' | 'completed_at' | 'beneficiary' | 'purpose'>,
): string {
  const one = facts.quantity_tonnes === 1
  const what = `${numberWord(facts.quantity_tonnes)} UN carbon credit${one ? ' was' : 's were'}`
  const whom =
    facts.beneficiary !== null
      ? `${ON_BEHALF_OF}${facts.beneficiary}`
      : facts.purpose !== null
        ? ' for the purpose stated with this certificate'
        : ' for the originating CDM activity'
  return `${what} cancelled on ${english.day(facts.completed_at)}${whom}. ${one ? 'It' : 'They'} cannot be sold, transferred or used again, by anybody.`
}

/**
 * The sentence cut around the beneficiary, so that the name can be set apart: the kept one in English, in another language
 * the same facts told in it.
 */
export function statementParts(
  language: Language,
  certificate: Certificate,
): { readonly before: string; readonly name: string; readonly after: string } {
  const { beneficiary, purpose, completed_at: at, quantity_tonnes: n, statement } = certificate
  if (language.code === 'en') return englishParts(statement, beneficiary)
  const facts = { n, credits: language.say('quote.credits', { n }), day: language.day(at) }
  if (beneficiary === null) {
    const key = purpose === null ? 'statement.activity' : 'statement.purpose'
    return { before: language.say(key, facts), name: '', after: '' }
  }
  const [before = '', after = ''] = language
    .say('statement.named', { ...facts, name: NAME })
    .split(NAME)
  return { before, name: beneficiary, after }
}

/** Stands for the name while the sentence is made; no name has it. */
const NAME = '\u0000'

function englishParts(statement: string, beneficiary: string | null) {
  const at = beneficiary ? statement.indexOf(ON_BEHALF_OF + beneficiary) : -1
  if (!beneficiary || at < 0) return { before: statement, name: '', after: '' }
  const start = at + ON_BEHALF_OF.length
  return {
    before: statement.slice(0, start),
    name: beneficiary,
    after: statement.slice(start + beneficiary.length),
  }
}

export const headlineOf = ({ say }: Language, certificate: Certificate): string =>
  say('certificate.done', { n: certificate.quantity_tonnes })

/** "Certificate c4f1…: 12 tonnes cancelled (SIMULATED)". */
export function titleOf(language: Language, certificate: Certificate): string {
  const { say } = language
  const warning = warningOf(language, certificate)
  const title = say('frame.counted', {
    title: say('record.certificate', { id: certificate.id }),
    count: say('button.done', { n: certificate.quantity_tonnes }),
  })
  return warning ? say('frame.marked', { title, mark: warning.word }) : title
}

/** The box that says what is not real; null on a real certificate. */
export function warningOf(
  { say }: Language,
  certificate: Certificate,
): { readonly word: string; readonly sentence: string } | null {
  const { demo, simulated } = certificate
  const invented = say('warning.invented')
  if (simulated) {
    const sentence = say('warning.registry')
    return {
      word: say('warning.simulated'),
      sentence: demo ? `${sentence} ${invented}` : sentence,
    }
  }
  return demo ? { word: say('panel.demo'), sentence: invented } : null
}

export type Fact = {
  readonly term: string
  readonly value: string
  /** True: somebody else's words, in any script. */
  readonly theirs?: boolean
}

export function factsOf(language: Language, certificate: Certificate): readonly Fact[] {
  const { beneficiary, purpose, registry, simulated, completed_at: at } = certificate
  const { day, say } = language
  return [
    beneficiary !== null
      ? { term: say('fact.behalf'), value: beneficiary, theirs: true }
      : { term: say('fact.behalf'), value: say(purpose ? 'fact.nobody' : 'fact.activity') },
    purpose !== null
      ? { term: say('fact.purpose'), value: purpose, theirs: true }
      : { term: say('payment.purpose'), value: say('fact.no_purpose') },
    {
      term: say('fact.quantity'),
      value: say('fact.each', { units: unitsText(language, certificate) }),
    },
    {
      term: say('fact.registry'),
      value:
        simulated && !/simulated/i.test(registry)
          ? say('registry.simulated', { name: registry })
          : registry,
    },
    {
      term: say('fact.completed'),
      value: say('fact.time', { day: day(at), time: `${clockText(at).slice(0, 5)}\u00a0UTC` }),
    },
    { term: say('fact.status'), value: say('fact.permanent') },
  ]
}

/** "12 CERs", or "10 CERs and 2 tCERs". */
function unitsText({ list, say }: Language, certificate: Certificate): string {
  const units = new Map<string, number>()
  for (const line of certificate.lines)
    units.set(line.unit_type, (units.get(line.unit_type) ?? 0) + line.quantity_tonnes)
  return list([...units].map(([type, n]) => say('fact.units', { n, type })))
}

/** "CER, commitment period 2": what the parts of the serial number say. */
export function unitText({ say }: Language, line: Line): string {
  const { original_commitment_period: original, applicable_commitment_period: applicable } = line
  const type = line.unit_type
  return original === applicable
    ? say('blocks.unit', { type, period: original })
    : say('blocks.unit_carried', { type, original, applicable })
}

export type HistoryEntry = {
  readonly time: string
  readonly sentence: string
  /** True for the first step that nobody can undo. */
  readonly permanent: boolean
}

const STEPS = {
  reserved: 'history.reserved',
  authorised: 'history.authorised',
  checked: 'history.checked',
  captured: 'history.captured',
  completed: 'history.completed',
  certificate: 'history.certificate',
} as const

/** What happened, each with its time in UTC; with the day where it took more than one. */
export function historyOf(
  { say, shortDay }: Language,
  certificate: Certificate,
): readonly HistoryEntry[] {
  const { history, quantity_tonnes: n } = certificate
  const oneDay = new Set(history.map((entry) => isoDay(entry.at))).size <= 1
  const permanent = history.findIndex((entry) => entry.step === 'completed')
  return history.map(({ at, step }, index) => ({
    time: oneDay ? clockText(at) : `${shortDay(at)}, ${clockText(at)}`,
    sentence: Object.hasOwn(STEPS, step) ? say(STEPS[step as keyof typeof STEPS], { n }) : step,
    permanent: index === permanent,
  }))
}

/** What this says, and what it does not. */
export function claimsOf({ say }: Language, certificate: Certificate): readonly string[] {
  const { beneficiary, purpose, quantity_tonnes: n } = certificate
  const whom =
    beneficiary !== null ? 'claims.named' : purpose !== null ? 'claims.purpose' : 'claims.activity'
  return [say(whom, { n }), say('claims.tonne', { n }), say('claims.none')]
}

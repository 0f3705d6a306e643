import type { Certificate } from '@offset-button/contract'
import { clockText, countText, dayText, isoDay, shortDayText } from '../pages/format.ts'

/** What the page and the PDF both say, in one place, so that they never differ. */

type Line = Certificate['lines'][number]

const NUMBERS = (
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen ' +
  'Sixteen Seventeen Eighteen Nineteen Twenty'
).split(' ')

const ON_BEHALF_OF = ' on behalf of '

/** A number at the start of a sentence: a word up to twenty, digits above. */
export const numberWord = (count: number): string => NUMBERS[count] ?? countText(count)

/**
 * The sentence of a certificate: what was cancelled, when and for whom. Kept with the certificate
 * when it is issued. Without beneficiary and purpose the units are cancelled for their own project.
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
  return `${what} cancelled on ${dayText(facts.completed_at)}${whom}. ${one ? 'It' : 'They'} cannot be sold, transferred or used again, by anybody.`
}

/** The kept sentence, cut around the beneficiary so that the name can be set apart. */
export function statementParts(certificate: Certificate): {
  readonly before: string
  readonly name: string
  readonly after: string
} {
  const { statement, beneficiary } = certificate
  const at = beneficiary ? statement.indexOf(ON_BEHALF_OF + beneficiary) : -1
  if (!beneficiary || at < 0) return { before: statement, name: '', after: '' }
  const start = at + ON_BEHALF_OF.length
  return {
    before: statement.slice(0, start),
    name: beneficiary,
    after: statement.slice(start + beneficiary.length),
  }
}

/** "12 tonnes" */
export const tonnesWord = (tonnes: number): string =>
  `${countText(tonnes)} ${tonnes === 1 ? 'tonne' : 'tonnes'}`

export const headlineOf = (certificate: Certificate): string =>
  `${tonnesWord(certificate.quantity_tonnes)}, cancelled for good`

/** The box that says what is not real; null on a real certificate. */
export function warningOf(
  certificate: Certificate,
): { readonly word: string; readonly sentence: string } | null {
  const invented = 'Serial numbers, references and years are invented; project titles are real.'
  if (certificate.simulated)
    return {
      word: 'SIMULATED',
      sentence: `A test registry answered. No real credit was cancelled.${certificate.demo ? ` ${invented}` : ''}`,
    }
  return certificate.demo ? { word: 'DEMO', sentence: invented } : null
}

export type Fact = {
  readonly term: string
  readonly value: string
  /** True: somebody else's words, in any script. */
  readonly theirs?: boolean
}

export function factsOf(certificate: Certificate): readonly Fact[] {
  const { beneficiary, purpose, registry, simulated, completed_at } = certificate
  return [
    beneficiary !== null
      ? { term: 'On behalf of', value: beneficiary, theirs: true }
      : { term: 'On behalf of', value: purpose ? 'Nobody named' : 'The originating CDM activity' },
    purpose !== null
      ? { term: 'Purpose, in their words', value: purpose, theirs: true }
      : { term: 'Purpose', value: 'None given' },
    { term: 'Quantity', value: `${unitsText(certificate)}, 1\u00a0t\u00a0CO₂e each` },
    {
      term: 'Registry',
      value: simulated && !/simulated/i.test(registry) ? `${registry}, simulated` : registry,
    },
    {
      term: 'Completed',
      value: `${dayText(completed_at)}, ${clockText(completed_at).slice(0, 5)}\u00a0UTC`,
    },
    { term: 'Status', value: 'Cancelled, permanent' },
  ]
}

/** "12 CERs", or "10 CERs and 2 tCERs". */
function unitsText(certificate: Certificate): string {
  const units = new Map<string, number>()
  for (const line of certificate.lines)
    units.set(line.unit_type, (units.get(line.unit_type) ?? 0) + line.quantity_tonnes)
  return [...units]
    .map(([type, count]) => `${countText(count)}\u00a0${type}${count === 1 ? '' : 's'}`)
    .join(' and ')
}

/** "CER, commitment period 2": what the parts of the serial number say. */
export function unitText(line: Line): string {
  const { original_commitment_period: original, applicable_commitment_period: applicable } = line
  const period =
    original === applicable ? `${original}` : `${original}, carried over to ${applicable}`
  return `${line.unit_type}, commitment period ${period}`
}

export type HistoryEntry = {
  readonly time: string
  readonly sentence: string
  /** True for the first step that nobody can undo. */
  readonly permanent: boolean
}

/** What happened, each with its time in UTC; with the day where it took more than one. */
export function historyOf(certificate: Certificate): readonly HistoryEntry[] {
  const units = certificate.quantity_tonnes
  const sentences: Readonly<Record<string, string>> = {
    reserved: 'Credits held',
    authorised: 'Card authorised',
    checked: 'Registry checked, no discrepancy',
    captured: 'Card charged',
    completed: `Registry cancelled ${countText(units)} ${units === 1 ? 'unit' : 'units'}`,
    certificate: 'Certificate issued',
  }
  const oneDay = new Set(certificate.history.map((entry) => isoDay(entry.at))).size <= 1
  const permanent = certificate.history.findIndex((entry) => entry.step === 'completed')
  return certificate.history.map((entry, index) => ({
    time: oneDay ? clockText(entry.at) : `${shortDayText(entry.at)}, ${clockText(entry.at)}`,
    sentence: sentences[entry.step] ?? entry.step,
    permanent: index === permanent,
  }))
}

/** What this says, and what it does not. */
export function claimsOf(certificate: Certificate): readonly string[] {
  const one = certificate.quantity_tonnes === 1
  const units = one ? 'this unit was' : `these ${countText(certificate.quantity_tonnes)} units were`
  const whom =
    certificate.beneficiary !== null
      ? 'for the name above'
      : certificate.purpose !== null
        ? 'for the purpose above'
        : 'for the originating CDM activity'
  return [
    `It says that ${units} cancelled, once, ${whom}.`,
    `${one ? 'It' : 'Each'} stood for one tonne that a project had kept out of the air in the year shown.`,
    'It makes no claim about a person, a product or an event. Whoever makes one answers for it.',
  ]
}

import type { Certificate } from '@offset-button/contract'
import { isoDay } from '../pages/format.ts'
import type { Language } from '../pages/language.ts'
import { stripOfCertificate } from './certificate-blocks.ts'
import {
  claimsOf,
  type Fact,
  factsOf,
  headlineOf,
  historyOf,
  statementParts,
  titleOf,
  warningOf,
} from './certificate-words.ts'
import { serialBlocks } from './pdf-blocks.ts'
import { settable } from './pdf-fonts.ts'
import {
  BODY,
  BODY_2,
  breakBefore,
  bytesOf,
  furnish,
  HEADING,
  heightOf,
  INK,
  INK_2,
  INK_3,
  LEFT,
  LINE,
  newSheet,
  put,
  putRuns,
  rule,
  type Sheet,
  SMALL,
  STRONG,
  type Style,
  TABULAR,
  TOP,
  use,
  WIDTH,
} from './pdf-sheet.ts'
import { perfinPath, stripPath } from './perfin.ts'
import { qrCode } from './qr.ts'

const BAND = { width: 796, height: 100, margin: 52 }
const STRIP = { width: 796, height: 30 }
const IDENTIFIER: Style = { font: 'mono', size: 8.4, leading: 12.6, color: INK_2 }
const HEADLINE: Style = { font: 'serif', size: 25, leading: 30 }
const LEAD: Style = { font: 'serif', size: 11.4, leading: 16 }
const LEAD_NAME: Style = { ...LEAD, font: 'serifStrong' }
const WARNING_WORD: Style = { font: 'strong', size: 11, leading: 15 }
const HALF = (WIDTH - 28) / 2

/** The certificate as an A4 document of real text; all dates in it are the certificate's. */
export function drawCertificate(language: Language, certificate: Certificate): Promise<Buffer> {
  const warning = warningOf(language, certificate)
  const { before, name, after } = statementParts(language, certificate)
  const sheet = newSheet({
    title: titleOf(language, certificate),
    subject: before + name + after,
    language: language.code,
    date: new Date(certificate.issued_at),
  })
  punched(sheet, language, certificate)
  record(sheet, language, certificate)
  facts(sheet, language, factsOf(language, certificate))
  serialBlocks(sheet, language, certificate)
  happenedAndSays(sheet, language, certificate)
  address(sheet, language, certificate)
  furnish(sheet, language, certificate.id, warning?.word ?? null)
  return bytesOf(sheet)
}

function punched(sheet: Sheet, { say, tonnes }: Language, certificate: Certificate): void {
  const { segments, tonnesPerHole } = stripOfCertificate(certificate)
  const scale = WIDTH / BAND.width
  const date = isoDay(certificate.completed_at)
  sheet.save().translate(LEFT, TOP).scale(scale)
  sheet.path(perfinPath(BAND, `${certificate.quantity_tonnes} t`, date)).fill(INK, 'even-odd')
  sheet.translate(0, BAND.height + 3)
  sheet.path(stripPath(STRIP, segments)).fill(INK, 'even-odd')
  sheet.restore()
  sheet.y = TOP + (BAND.height + 3 + STRIP.height) * scale
  if (tonnesPerHole > 1) {
    const scaleText = say('blocks.strip', { tonnes: tonnes(tonnesPerHole) })
    put(sheet, SMALL, scaleText, { x: LEFT, y: sheet.y + 4, width: WIDTH })
  }
  sheet.y += 13
}

function record(sheet: Sheet, language: Language, certificate: Certificate): void {
  const y = sheet.y
  put(sheet, BODY_2, language.say('record.kind'), { x: LEFT, y, width: 220 })
  put(
    sheet,
    IDENTIFIER,
    certificate.id,
    { x: LEFT + 200, y, width: WIDTH - 200 },
    { align: 'right' },
  )
  put(sheet, HEADLINE, headlineOf(language, certificate), { x: LEFT, y: y + 17, width: WIDTH })
  lead(sheet, language, certificate)
  const warning = warningOf(language, certificate)
  if (warning) box(sheet, warning)
}

/** The sentence, with the beneficiary's name set apart. */
function lead(sheet: Sheet, language: Language, certificate: Certificate): void {
  const { before, name, after } = statementParts(language, certificate)
  const unset = language.say('pdf.unset')
  const runs = [
    { style: LEAD, text: settable(before, 'serif', unset) },
    { style: LEAD_NAME, text: settable(name, 'serifStrong', unset) },
    { style: LEAD, text: settable(after, 'serif', unset) },
  ]
  putRuns(sheet, runs, { x: LEFT, y: sheet.y + 3, width: WIDTH })
}

function box(sheet: Sheet, warning: { readonly word: string; readonly sentence: string }): void {
  const top = sheet.y + 9
  const wordWidth = use(sheet, WARNING_WORD).widthOfString(warning.word)
  const x = LEFT + 10 + wordWidth + 24
  const width = LEFT + WIDTH - 10 - x
  const height = Math.max(26, heightOf(sheet, BODY, warning.sentence, width) + 11)
  sheet.roundedRect(LEFT, top, WIDTH, height, 3).lineWidth(1).strokeColor(INK).stroke()
  put(sheet, WARNING_WORD, warning.word, {
    x: LEFT + 10,
    y: top + (height - 13) / 2,
    width: wordWidth + 4,
  })
  sheet
    .moveTo(x - 12, top + 7)
    .lineTo(x - 12, top + height - 7)
    .lineWidth(1)
    .stroke()
  put(sheet, BODY, warning.sentence, { x, y: top + 6.5, width })
  sheet.y = top + height
}

/** Three columns; each row is as high as its highest fact. */
function facts(sheet: Sheet, { say }: Language, entries: readonly Fact[]): void {
  sheet.y += 10
  rule(sheet, sheet.y, LINE)
  sheet.y += 8
  const columns = [
    { x: LEFT, width: 150 },
    { x: LEFT + 164, width: 176 },
    { x: LEFT + 354, width: WIDTH - 354 },
  ]
  for (let start = 0; start < entries.length; start += columns.length) {
    const y = sheet.y
    const ends = columns.map((column, index) => {
      const fact = entries[start + index]
      if (!fact) return y
      const end = put(sheet, SMALL, fact.term, { ...column, y })
      const value = fact.theirs ? settable(fact.value, 'strong', say('pdf.unset')) : fact.value
      return put(sheet, STRONG, value, { ...column, y: end })
    })
    sheet.y = Math.max(...ends) + 7
  }
  rule(sheet, sheet.y, LINE)
  sheet.y += 13
}

function happenedAndSays(sheet: Sheet, language: Language, certificate: Certificate): void {
  const { say } = language
  const history = historyOf(language, certificate)
  const claims = claimsOf(language, certificate)
  sheet.y += 16
  breakBefore(sheet, Math.max(history.length + 2, 9) * 13.4 + 20)
  const top = sheet.y
  const right = LEFT + HALF + 28
  put(sheet, HEADING, say('history.title'), { x: LEFT, y: top, width: HALF })
  put(sheet, HEADING, say('claims.title'), { x: right, y: top, width: HALF })

  let y = top + 19
  for (const claim of claims) y = put(sheet, BODY_2, claim, { x: right, y, width: HALF }) + 4
  const claimsEnd = y

  y = top + 19
  const timeWidth = Math.max(
    ...history.map((entry) => use(sheet, BODY).widthOfString(entry.time, TABULAR)),
    0,
  )
  for (const { time, sentence, permanent } of history) {
    if (permanent) y = pointOfNoReturn(sheet, language, y)
    put(sheet, { ...BODY, color: INK_3 }, time, { x: LEFT, y, width: timeWidth + 2 }, TABULAR)
    const x = LEFT + timeWidth + 12
    y = put(sheet, permanent ? STRONG : BODY, sentence, { x, y, width: LEFT + HALF - x }) + 1
  }
  y = put(sheet, SMALL, say('order.utc'), { x: LEFT, y: y + 2, width: HALF })
  sheet.y = Math.max(y, claimsEnd)
}

function pointOfNoReturn(sheet: Sheet, { say }: Language, y: number): number {
  const words = say('progress.permanent')
  put(sheet, STRONG, words, { x: LEFT, y, width: HALF })
  const start = LEFT + sheet.widthOfString(words) + 10
  sheet
    .moveTo(start, y + 6)
    .lineTo(LEFT + HALF, y + 6)
    .lineWidth(1.4)
    .lineCap('round')
    .dash(0.01, { space: 4.2 })
    .strokeColor(INK)
    .stroke()
    .undash()
    .lineCap('butt')
  return y + BODY.leading + 1
}

/** The QR code and the address that it holds; in another language than English also the sentence that is kept. */
function address(sheet: Sheet, { code, say }: Language, { statement, url }: Certificate): void {
  const side = 70
  sheet.y += 12
  breakBefore(sheet, side + 12)
  rule(sheet, sheet.y)
  const top = sheet.y + 12
  const { size, path } = qrCode(url)
  sheet
    .save()
    .translate(LEFT, top)
    .scale(side / size)
  sheet.path(path).fill(INK)
  sheet.restore()
  const isTold = code !== 'en'
  const x = LEFT + side + 18
  const width = LEFT + WIDTH - x
  put(sheet, HEADING, say('where.title'), { x, y: top + (isTold ? 0 : 12), width })
  put(sheet, BODY_2, say('where.scan'), { x, y: sheet.y + 2, width })
  put(sheet, { ...IDENTIFIER, color: INK }, url, { x, y: sheet.y + 2, width }, { link: url })
  if (!isTold) return
  const kept = settable(statement, 'sans', say('pdf.unset'))
  put(sheet, SMALL, `${say('record.issued')} ${kept}`, { x, y: sheet.y + 2, width })
}

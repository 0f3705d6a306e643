import type { Certificate, SerialBlock } from '@offset-button/contract'
import type { Language } from '../pages/language.ts'
import { blockTonnes } from './certificate-blocks.ts'
import { unitText } from './certificate-words.ts'
import { settable } from './pdf-fonts.ts'
import {
  BODY,
  breakBefore,
  HEADING,
  heightOf,
  LEFT,
  LINE,
  put,
  rule,
  type Sheet,
  SMALL,
  STRONG,
  type Style,
  TABULAR,
  use,
  WIDTH,
} from './pdf-sheet.ts'

type Line = Certificate['lines'][number]

const PROJECT = { x: LEFT, width: 180 }
const SERIAL = { x: LEFT + 190, width: 164 }
const REFERENCE = { x: LEFT + 366, width: 88 }
const TONNES = { x: LEFT + 440, width: WIDTH - 440 }

const SERIAL_STYLE: Style = { font: 'mono', size: 7.6, leading: 11.4 }
/** With its tonnes on a line of their own. */
const BLOCK_HEIGHT = 3 * SERIAL_STYLE.leading
const BLOCK_GAP = 4
const PADDING = 5

/** The table of serial blocks over as many pages as it takes; its head stands on each. */
export function serialBlocks(sheet: Sheet, language: Language, certificate: Certificate): void {
  breakBefore(sheet, 110)
  put(sheet, HEADING, language.say('blocks.title'), { x: LEFT, y: sheet.y, width: WIDTH })
  sheet.y += 3
  tableHead(sheet, language)
  for (const line of certificate.lines) row(sheet, language, line)
  if (breakBefore(sheet, 26)) tableHead(sheet, language)
  total(sheet, language, certificate.quantity_tonnes)
}

function tableHead(sheet: Sheet, { say }: Language): void {
  const y = sheet.y
  put(sheet, SMALL, say('market.project'), { ...PROJECT, y })
  put(sheet, SMALL, say('blocks.serials'), { ...SERIAL, y })
  put(sheet, SMALL, say('blocks.reference'), { ...REFERENCE, y })
  put(sheet, SMALL, say('amount.tonnes'), { ...TONNES, y }, { align: 'right' })
  rule(sheet, y + 14)
  sheet.y = y + 14
}

/** One project and registry transaction; its blocks go on below the head of the next page. */
function row(sheet: Sheet, language: Language, line: Line): void {
  const { count, say } = language
  const title = settable(line.project.title, 'strong', say('pdf.unset_title'))
  const project = language.project(line.project, line.vintage)
  const titleHeight = heightOf(sheet, STRONG, title, PROJECT.width)
  const projectHeight = titleHeight + heightOf(sheet, SMALL, project, PROJECT.width)
  const first = BLOCK_HEIGHT + (line.blocks.length === 1 ? SMALL.leading + BLOCK_GAP : 0)
  if (breakBefore(sheet, Math.max(projectHeight, first, 34) + 2 * PADDING))
    tableHead(sheet, language)

  const top = sheet.y + PADDING
  put(sheet, STRONG, title, { ...PROJECT, y: top })
  const projectEnd = put(sheet, SMALL, project, { ...PROJECT, y: top + titleHeight })
  put(sheet, BODY, line.reference, { ...REFERENCE, y: top })
  const referenceEnd = put(sheet, SMALL, say('blocks.transaction', { id: line.transaction }), {
    ...REFERENCE,
    y: top + BODY.leading,
  })
  put(
    sheet,
    BODY,
    count(line.quantity_tonnes),
    { ...TONNES, y: top },
    { ...TABULAR, align: 'right' },
  )

  sheet.y = top
  let brokeOff = false
  for (const [index, serials] of line.blocks.entries()) {
    const last = index === line.blocks.length - 1
    const height = BLOCK_HEIGHT + (last ? BLOCK_GAP + SMALL.leading : 0) + PADDING
    if (index > 0 && breakBefore(sheet, height)) {
      brokeOff = true
      goOn(sheet, language, line)
    }
    block(sheet, language, serials, line.blocks.length > 1)
  }
  const unitEnd = put(sheet, SMALL, unitText(language, line), { ...SERIAL, y: sheet.y })
  sheet.y = (brokeOff ? unitEnd : Math.max(unitEnd, projectEnd, referenceEnd)) + PADDING
  rule(sheet, sheet.y, LINE)
}

function goOn(sheet: Sheet, language: Language, line: Line): void {
  tableHead(sheet, language)
  const y = sheet.y + PADDING
  put(sheet, SMALL, language.say('blocks.continued', { reference: line.project.reference }), {
    ...PROJECT,
    y,
  })
  put(sheet, SMALL, line.reference, { ...REFERENCE, y })
  sheet.y = y
}

/** First and last serial number, and beside them, or below where they are long, the tonnes. */
function block(
  sheet: Sheet,
  language: Language,
  { start, end }: SerialBlock,
  counted: boolean,
): void {
  const y = sheet.y
  put(sheet, SERIAL_STYLE, start, { ...SERIAL, y })
  const tonnes = counted ? language.tonnes(blockTonnes({ start, end })) : ''
  const width = sheet.widthOfString(end)
  let bottom = put(sheet, SERIAL_STYLE, end, { ...SERIAL, y: y + SERIAL_STYLE.leading })
  if (counted) {
    const beside = width + use(sheet, SMALL).widthOfString(tonnes, TABULAR) + 8 < SERIAL.width
    const line = beside ? bottom - SERIAL_STYLE.leading - 0.5 : bottom
    const tonnesEnd = put(
      sheet,
      SMALL,
      tonnes,
      { ...SERIAL, y: line },
      { ...TABULAR, align: beside ? 'right' : 'left' },
    )
    bottom = Math.max(bottom, tonnesEnd)
  }
  sheet.y = bottom + BLOCK_GAP
}

/** Single rule above a total, double below. */
function total(sheet: Sheet, { count, say }: Language, tonnes: number): void {
  const y = sheet.y + 6
  put(sheet, STRONG, say('blocks.total'), { x: LEFT, y, width: 300 })
  put(sheet, STRONG, count(tonnes), { ...TONNES, y }, { ...TABULAR, align: 'right' })
  rule(sheet, y + 16)
  rule(sheet, y + 18)
  sheet.y = y + 18
}

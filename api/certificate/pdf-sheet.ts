import PDFDocument from 'pdfkit'
import type { Language } from '../pages/language.ts'
import { FONT_NAMES, type FontName, fontFile } from './pdf-fonts.ts'

/** Lengths are points; the origin is the top left corner of an A4 page. */
export const LEFT = 40
export const WIDTH = 488
export const TOP = 34
/** Below this nothing is set but the foot of the page. */
const BOTTOM = 790
const MARGIN_WORDS_LEFT = 560
const FOOT = 806

export const INK = '#10151d'
export const INK_2 = '#40454c'
export const INK_3 = '#60646a'
export const LINE = '#d9dadb'

export type Sheet = PDFKit.PDFDocument

export type Style = {
  readonly font: FontName
  readonly size: number
  /** From line to line. */
  readonly leading: number
  readonly color?: string
}

export const SMALL: Style = { font: 'sans', size: 8, leading: 11.4, color: INK_2 }
export const BODY: Style = { font: 'sans', size: 8.8, leading: 12.6 }
export const BODY_2: Style = { ...BODY, color: INK_2 }
export const STRONG: Style = { ...BODY, font: 'strong' }
export const HEADING: Style = { font: 'strong', size: 11, leading: 15 }

export function newSheet(info: {
  readonly title: string
  readonly subject: string
  /** BCP 47. */
  readonly language: string
  readonly date: Date
}): Sheet {
  const sheet = new PDFDocument({
    size: 'A4',
    margins: { top: TOP, left: LEFT, right: 595.28 - LEFT - WIDTH, bottom: 0 },
    bufferPages: true,
    pdfVersion: '1.7',
    lang: info.language,
    displayTitle: true,
    font: fontFile('sans') as unknown as string,
    info: {
      Title: info.title,
      Subject: info.subject,
      Creator: 'offset-button',
      CreationDate: info.date,
      ModDate: info.date,
    },
  })
  for (const name of FONT_NAMES) sheet.registerFont(name, fontFile(name))
  return sheet
}

/** The finished file. */
export function bytesOf(sheet: Sheet): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    sheet.on('data', (chunk: Buffer) => chunks.push(chunk))
    sheet.on('end', () => resolve(Buffer.concat(chunks)))
    sheet.on('error', reject)
    sheet.end()
  })
}

/** Sets text in a column and answers where it ends. */
export function put(
  sheet: Sheet,
  style: Style,
  text: string,
  box: { readonly x: number; readonly y: number; readonly width: number },
  options: PDFKit.Mixins.TextOptions = {},
): number {
  use(sheet, style).text(text, box.x, box.y, lineOptions(sheet, style, box.width, options))
  return sheet.y
}

/** How high `put` would set the text. */
export function heightOf(sheet: Sheet, style: Style, text: string, width: number): number {
  use(sheet, style)
  return sheet.heightOfString(text, lineOptions(sheet, style, width, {}))
}

export function use(sheet: Sheet, style: Style): Sheet {
  return sheet
    .font(style.font)
    .fontSize(style.size)
    .fillColor(style.color ?? INK)
}

function lineOptions(
  sheet: Sheet,
  style: Style,
  width: number,
  options: PDFKit.Mixins.TextOptions,
): PDFKit.Mixins.TextOptions {
  const lineGap = style.leading - sheet.currentLineHeight()
  return { width, lineGap, ...options }
}

export type Run = { readonly style: Style; readonly text: string }

/** Sets runs of different faces as one paragraph; a word wider than the column is cut to fit. */
export function putRuns(
  sheet: Sheet,
  runs: readonly Run[],
  box: { readonly x: number; readonly y: number; readonly width: number },
): void {
  let { x, y } = box
  for (const { style, text } of runs) {
    use(sheet, style)
    for (const word of text.match(/\S+\s*|\s+/gu) ?? []) {
      const needed = sheet.widthOfString(word.trimEnd())
      const pieces = needed > box.width ? [...word] : [word]
      for (const piece of pieces) {
        if (x > box.x && x + sheet.widthOfString(piece.trimEnd()) > box.x + box.width) {
          x = box.x
          y += style.leading
        }
        sheet.text(piece, x, y, { lineBreak: false })
        x += sheet.widthOfString(piece)
      }
    }
  }
  sheet.y = y + (runs.at(-1)?.style.leading ?? 0)
}

/** A rule across the column. */
export function rule(sheet: Sheet, y: number, color = INK, width = 0.6): void {
  sheet
    .moveTo(LEFT, y)
    .lineTo(LEFT + WIDTH, y)
    .lineWidth(width)
    .strokeColor(color)
    .stroke()
}

/** Digits of one width, for columns of numbers. */
export const TABULAR: PDFKit.Mixins.TextOptions = { features: ['tnum'] }

/** Goes to a new page where fewer than `height` points are left; true where it did. */
export function breakBefore(sheet: Sheet, height: number): boolean {
  if (sheet.y + height <= BOTTOM) return false
  sheet.addPage()
  sheet.y = TOP
  return true
}

/** What stands on each page: the identifier, the page's number, and the word in the margin. */
export function furnish(
  sheet: Sheet,
  { say }: Language,
  identifier: string,
  word: string | null,
): void {
  const { start, count } = sheet.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    sheet.switchToPage(index)
    const foot = { x: LEFT, y: FOOT, width: WIDTH }
    const named = say('record.certificate', { id: identifier })
    put(sheet, SMALL, word === null ? named : `${named}, ${word}`, foot)
    const page = say('pdf.page', { page: index - start + 1, pages: count })
    put(sheet, SMALL, page, foot, { align: 'right' })
    if (word !== null) for (const third of [0, 1, 2]) inMargin(sheet, word, TOP + third * 300)
  }
}

/** Outlined letters, from top to bottom. */
function inMargin(sheet: Sheet, word: string, y: number): void {
  sheet.save()
  sheet.rotate(90, { origin: [MARGIN_WORDS_LEFT, y] })
  use(sheet, { font: 'strong', size: 15, leading: 18 })
    .lineWidth(0.5)
    .strokeColor(INK)
    .text(word, MARGIN_WORDS_LEFT, y, {
      stroke: true,
      fill: false,
      characterSpacing: 3,
      lineBreak: false,
    })
  sheet.restore()
}

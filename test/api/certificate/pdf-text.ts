import { inflateSync } from 'node:zlib'

/**
 * The text of each page of a PDF made by pdfkit, as a reader would copy it: glyphs are turned back
 * by each font's own ToUnicode table. Enough for tests; not a PDF reader.
 */
export function pdfPages(file: Buffer): string[] {
  const objects = objectsOf(file)
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head))
  return pages.map(({ head }) => {
    const resources = objects.get(reference(head, 'Resources'))?.head ?? ''
    const fonts = new Map<string, ReadonlyMap<string, string>>()
    for (const [, name, number] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
      fonts.set(name as string, glyphs(objects, objects.get(Number(number))?.head ?? ''))
    return textOf(objects.get(reference(head, 'Contents'))?.stream ?? '', fonts)
  })
}

type PdfObject = { readonly head: string; readonly stream: string }

function objectsOf(file: Buffer): ReadonlyMap<number, PdfObject> {
  const text = file.toString('latin1')
  const objects = new Map<number, PdfObject>()
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = match.index + match[0].length
    const end = text.indexOf('\nendobj', from)
    const body = text.slice(from, end)
    const start = body.indexOf('stream\n')
    const head = start < 0 ? body : body.slice(0, start)
    const bytes = Buffer.from(body.slice(start + 7, body.lastIndexOf('\nendstream')), 'latin1')
    const stream = start < 0 || !head.includes('FlateDecode') ? '' : inflateSync(bytes)
    objects.set(Number(match[1]), { head, stream: stream.toString('latin1') })
  }
  return objects
}

const reference = (head: string, key: string): number =>
  Number(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1])

/** Glyph numbers in hexadecimal, and the characters that they stand for. */
function glyphs(
  objects: ReadonlyMap<number, PdfObject>,
  font: string,
): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  const map = objects.get(reference(font, 'ToUnicode'))?.stream ?? ''
  for (const [, first, list] of map.matchAll(/<(\w+)> <\w+> \[(.*?)\]/gs)) {
    let glyph = Number.parseInt(first as string, 16)
    for (const [, units] of (list as string).matchAll(/<([\w ]+)>/g)) {
      const bytes = Buffer.from((units as string).replaceAll(' ', ''), 'hex').swap16()
      table.set(glyph.toString(16).padStart(4, '0'), bytes.toString('utf16le'))
      glyph += 1
    }
  }
  return table
}

/** One line a piece of text, in the order of drawing. */
function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const lines: string[] = []
  let font: ReadonlyMap<string, string> | undefined
  for (const match of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
    if (match[1]) font = fonts.get(match[1])
    else
      lines.push(
        [...(match[2] as string).matchAll(/<(\w*)>/g)]
          .flatMap((hit) => (hit[1] as string).match(/.{4}/g) ?? [])
          .map((glyph) => font?.get(glyph) ?? '\ufffd')
          .join(''),
      )
  }
  return lines.join('\n')
}

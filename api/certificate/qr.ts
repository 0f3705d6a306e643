import qrcode from 'qrcode'

export type QrCode = {
  /** Modules along one side, without the quiet zone of four that it needs all around. */
  readonly size: number
  /** The dark modules as one path, one unit a module. */
  readonly path: string
}

/** The QR code of an address; the same text gives the same code. Corrects 15 % of damage. */
export function qrCode(text: string): QrCode {
  const { size, data } = qrcode.create(text, { errorCorrectionLevel: 'M' }).modules
  const runs: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const start = column
      while (column < size && data[row * size + column]) column += 1
      if (column > start) runs.push(`M${start} ${row}h${column - start}v1h${start - column}z`)
    }
  }
  return { size, path: runs.join('') }
}

import { randomBytes } from 'node:crypto'
import type { Random } from './order/order.ports.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** 128 random bits in 26 small letters and digits (base 32). */
export const secureRandom: Random = {
  id() {
    let bits = BigInt(`0x${randomBytes(16).toString('hex')}`)
    let text = ''
    for (let index = 0; index < 26; index++) {
      text = ALPHABET[Number(bits & 31n)] + text
      bits >>= 5n
    }
    return text
  },
}

/** Sorting of numbers by their digits: the same time for each, in whatever order they come. */

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
const WORD = 2 ** 32

/**
 * The indices of these keys, from 0, by ascending key; those with equal keys stay in their order. Keys are whole numbers of
 * 0 … 2^53 − 1.
 */
export function sortedIndices(keys: Float64Array): Uint32Array {
  let from = new Uint32Array(keys.length)
  for (let index = 0; index < from.length; index++) from[index] = index
  let to = new Uint32Array(keys.length)
  let most = 0
  for (const key of keys) if (key > most) most = key
  // A word at a time, the lower one first, since shifts take but 32 bits of a number.
  for (let unit = 1; unit <= most; unit *= WORD) {
    const mostOfWord = Math.floor(most / unit)
    for (let shift = 0; shift < 32 && 2 ** shift <= mostOfWord; shift += DIGIT_BITS) {
      spread(keys, unit, shift, from, to)
      ;[from, to] = [to, from]
    }
  }
  return from
}

/** Writes indices in the order of one digit of their keys. */
function spread(
  keys: Float64Array,
  unit: number,
  shift: number,
  from: Uint32Array,
  to: Uint32Array,
): void {
  const places = new Uint32Array(DIGITS + 1)
  for (const key of keys) {
    const next = (((key / unit) >>> shift) & (DIGITS - 1)) + 1
    places[next] = (places[next] as number) + 1
  }
  for (let digit = 1; digit < DIGITS; digit++) {
    places[digit] = (places[digit] as number) + (places[digit - 1] as number)
  }
  for (const index of from) {
    const digit = (((keys[index] as number) / unit) >>> shift) & (DIGITS - 1)
    const place = places[digit] as number
    places[digit] = place + 1
    to[place] = index
  }
}

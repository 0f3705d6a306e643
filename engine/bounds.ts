/** Checks of numbers at run time. Commands may come from JSON, so a type alone is not believed. */
import { MAX_PRICE_MINOR, MAX_QUANTITY_TONNES } from './command.ts'

/** True for a safe integer from `least` to `most`, both inclusive; false for anything that is no number. */
export function isWhole(
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

/** Whole tonnes of one offer or one order. */
export function isQuantity(value: unknown): value is number {
  return isWhole(value, 1, MAX_QUANTITY_TONNES)
}

/** Minor units a tonne. */
export function isPrice(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value && value > 0 && value <= MAX_PRICE_MINOR
}

/** Minor units in sum: a budget or a limit on the total. */
export function isTotal(value: unknown): value is number {
  return isWhole(value, 1)
}

/** Epoch milliseconds. */
export function isTime(value: unknown): value is number {
  return isWhole(value, 0)
}

/** The number of a seller, or the interned number of an attribute's name: 0 … MAX_NUMBER. */
export function isNumbering(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value && value >= 0
}

/** Something that has names, as JSON writes it with braces. */
export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

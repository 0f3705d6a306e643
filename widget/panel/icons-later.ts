import { drawn } from './icons.ts'

export const downIcon = drawn('m3.5 6 4.5 4.5L12.5 6')
export const lockIcon = drawn(
  'M5 7h6a1.5 1.5 0 0 1 1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 12V8.5A1.5 1.5 0 0 1 5 7ZM5.5 7V5.2a2.5 2.5 0 0 1 5 0V7',
)
export const downloadIcon = drawn('M8 2.5v7m0 0L5 6.8m3 2.7 3-2.7M3 13h10')
export const copyIcon = drawn(
  'M7 5.5h4.5A1.5 1.5 0 0 1 13 7v4.5a1.5 1.5 0 0 1-1.5 1.5H7a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 7 5.5ZM10.5 3h-6A1.5 1.5 0 0 0 3 4.5v6',
)
export const warningIcon = drawn('M8 2.5 14 13H2L8 2.5ZM8 6.8v2.7M8 11.3v.1')
export const clockIcon = drawn('M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2 1.3')

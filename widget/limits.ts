/** The longest name and purpose on a certificate, in characters. */
export const MAX_BENEFICIARY = 120
export const MAX_PURPOSE = 240
/** A button that was pressed looks busy from here on, in milliseconds. */
export const LOADING_AFTER_MS = 300

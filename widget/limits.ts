/** The longest name and purpose on a certificate, in characters. */
export const MAX_BENEFICIARY = 120
export const MAX_PURPOSE = 240

/** The page's own policy refused an address of the same site as this one; a policy that only reports refuses nothing. */
export const refuses = (event: SecurityPolicyViolationEvent, address: string): boolean =>
  event.disposition === 'enforce' &&
  URL.canParse(event.blockedURI) &&
  siteOf(event.blockedURI) === siteOf(address)

/** The last two names of the host, such as `stripe.com`; numbers and short names whole, with their port. */
const siteOf = (address: string): string => {
  const { host, hostname } = new URL(address)
  return /[a-z]$/.test(hostname) ? hostname.split('.').slice(-2).join('.') : host
}

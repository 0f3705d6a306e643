import type { ErrorDetail } from './events.ts'

/**
 * Runs a dynamic import once each of its files has been fetched under its hash. `files` is what the build writes for it:
 * `name=hash name=hash`; in the entry it leaves `run` out, and the first file is imported by its name. The browser compares:
 * a `modulepreload` with `integrity` puts the verified module where the import finds it. A browser without it imports by
 * the hashed name alone. Rejects where a file is missing, blocked or another than was built.
 */
export const verified = async <T>(files: string, run?: () => Promise<T>): Promise<T> => {
  const [address = ''] = await Promise.all(files.split(' ').map(preload))
  return run ? run() : import(address)
}
export type Verified = typeof verified

const preload = (file: string): Promise<string> => {
  const [name, hash] = file.split('=')
  const link = document.createElement('link')
  return new Promise<string>((resolve, reject) => {
    link.rel = 'modulepreload'
    link.integrity = `sha256-${hash}=`
    link.href = new URL(`offset-${name}.js`, import.meta.url).href
    link.onload = () => resolve(link.href)
    // Which directive refused it is told a moment later.
    link.onerror = () => setTimeout(reject)
    if (link.relList.supports(link.rel)) document.head.append(link)
    else resolve(link.href)
  }).finally(() => link.remove())
}

let refusedBy: string | undefined
addEventListener('securitypolicyviolation', (event) => {
  if (event.disposition === 'enforce' && event.blockedURI.includes('/offset-'))
    refusedBy = event.effectiveDirective
})

/** What `offset-error` tells where a file of the element is missing, blocked, or another than was built. */
export const missing = (): ErrorDetail => ({
  code: 'script_blocked',
  retryable: !refusedBy,
  message: 'A file could not be loaded.',
  directive: refusedBy,
})

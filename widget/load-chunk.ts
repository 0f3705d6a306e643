/**
 * Runs a dynamic import once each of its files has been fetched under its hash. `files` is what the
 * build writes for it: `name=sha256-… name=sha256-…`. The browser compares: a `modulepreload` with
 * `integrity` puts the verified module where the import finds it. A browser without it imports by
 * the hashed name alone. Rejects where a file is missing, blocked or another than was built.
 */
export const verified = async <T>(files: string, run: () => Promise<T>): Promise<T> => {
  if (files.includes('=')) await Promise.all(files.split(' ').map(preload))
  return run()
}
export type Verified = typeof verified

const preload = (file: string): Promise<void> => {
  const link = document.createElement('link')
  if (!link.relList.supports('modulepreload')) return Promise.resolve()
  return new Promise<void>((resolve, reject) => {
    const [name = '', integrity = ''] = file.split(/=(.*)/)
    link.rel = 'modulepreload'
    link.integrity = integrity
    link.href = new URL(name, import.meta.url).href
    link.onload = () => resolve()
    link.onerror = reject
    document.head.append(link)
  }).finally(() => link.remove())
}

/** What `offset-error` tells where a file of the element is missing, blocked, or another than was built. */
export const SCRIPT_MISSING = {
  code: 'script_blocked',
  retryable: true,
  message: 'The panel could not be loaded.',
} as const

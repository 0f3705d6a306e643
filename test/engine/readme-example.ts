/** The example of the engine's README, and what its comments promise that it prints, line by line. */
export interface Example {
  readonly source: string
  readonly promised: readonly string[]
}

/** Finds the first block of JavaScript; both parts are empty where there is none. */
export function exampleIn(readme: string): Example {
  const source = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const promises = source.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)
  return { source, promised: [...promises].map(([, says = '']) => says) }
}

/** Reads `--name number` arguments; throws one sentence for any other. */
export function readNumbers<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const given: Partial<Record<Name, number>> = {}
  for (let index = 0; index < args.length; index += 2) {
    const name = names.find((one) => args[index] === `--${one}`)
    const value = Number(args[index + 1])
    if (!name || !Number.isSafeInteger(value) || value < 0) {
      throw new Error(`I know ${names.map((one) => `--${one} N`).join(', ')}; N is a whole number.`)
    }
    given[name] = value
  }
  return given
}

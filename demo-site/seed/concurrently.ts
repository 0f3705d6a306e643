/** Does `act` for every member, at most `most` at a time, begun in the list's order; the first failure is thrown when what runs has ended. */
export async function concurrently<T>(
  members: readonly T[],
  most: number,
  act: (member: T) => Promise<void>,
): Promise<void> {
  const waiting = members.values()
  const failures: unknown[] = []
  const workers = Array.from({ length: Math.min(most, members.length) }, async () => {
    for (const member of waiting) {
      if (failures.length > 0) return
      await act(member).catch((failure: unknown) => failures.push(failure))
    }
  })
  await Promise.all(workers)
  if (failures.length > 0) throw failures[0]
}

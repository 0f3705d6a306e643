/** One message of a `text/event-stream`. */
export type StreamMessage = { readonly event: string; readonly data: string }

/** Reads a stream piece by piece, wherever the pieces were cut; comments and ids are passed over. */
export const createStreamReader = () => {
  let rest = ''
  let event = 'message'
  let data: string[] = []

  const readLine = (line: string): StreamMessage | null => {
    if (line === '') {
      const message = data.length > 0 ? { event, data: data.join('\n') } : null
      event = 'message'
      data = []
      return message
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    return null
  }

  /** The messages that this piece completed. */
  return (piece: string): readonly StreamMessage[] => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    return lines.map(readLine).filter((message) => message !== null)
  }
}

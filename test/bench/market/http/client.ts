import { Agent, request } from 'node:http'

/** Posts JSON over connections that stay open, and throws for any answer but those of success. */
export class Client {
  readonly #agent: Agent

  constructor(connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let said = ''
          response.setEncoding('utf8').on('data', (text: string) => {
            said += text
          })
          response.once('error', reject)
          response.once('end', () => {
            const status = response.statusCode ?? 0
            if (status >= 200 && status < 300) resolve()
            else reject(new Error(`${url} answered ${status}: ${said.slice(0, 300)}`))
          })
        },
      )
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // The other side has closed a connection that it took for idle: nothing was read, and another is made.
        if (sent.reusedSocket && error.code === 'ECONNRESET') {
          this.post(url, headers, body).then(resolve, reject)
        } else reject(error)
      })
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

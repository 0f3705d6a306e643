import type { Mutant } from '../mutant.ts'
import { SEEDS } from './judges.ts'

const LOOP = 'engine/host/host-loop.ts'
const ANSWER = 'engine/host/batch-answer.ts'
const BUILDER = 'engine/host/batch-builder.ts'
const TERM = 'engine/host/lease-term.ts'

/** Bugs of the one writer. */
export const HOST_MUTANTS: readonly Mutant[] = (
  [
    {
      name: 'the book is read before the epoch is minted',
      file: LOOP,
      find: `    const minted = await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))
    if (minted.kind === 'unanswered') return this.#notHeard('mint', minted.reason)
    this.#epoch = minted.value
    this.#minted = minted.value
    const mintedAt = this.#clock.monotonic()
    const read = await this.#readBook()
    if (read.kind === 'unanswered') return this.#notHeard('read', read.reason)
`,
      replace: `    const read = await this.#readBook()
    if (read.kind === 'unanswered') return this.#notHeard('read', read.reason)
    const minted = await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))
    if (minted.kind === 'unanswered') return this.#notHeard('mint', minted.reason)
    this.#epoch = minted.value
    this.#minted = minted.value
    const mintedAt = this.#clock.monotonic()
`,
    },
    {
      name: 'the book is read while the epoch is minted',
      file: LOOP,
      find: `    const minted = await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))
    if (minted.kind === 'unanswered') return this.#notHeard('mint', minted.reason)
    this.#epoch = minted.value
    this.#minted = minted.value
    const mintedAt = this.#clock.monotonic()
    const read = await this.#readBook()
`,
      replace: `    const [minted, read] = await Promise.all([
      this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder)),
      this.#readBook(),
    ])
    if (minted.kind === 'unanswered') return this.#notHeard('mint', minted.reason)
    this.#epoch = minted.value
    this.#minted = minted.value
    const mintedAt = this.#clock.monotonic()
`,
    },
    {
      name: 'the epoch is that of the last term, not minted again',
      file: LOOP,
      find: '    const minted = await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))\n',
      replace: `    const minted = await this.#ask(async () =>
      this.#epoch > 0
        ? (await this.#store.readHolder(this.#market)).epoch
        : this.#store.mintEpoch(this.#market, this.#holder),
    )
`,
    },
    {
      name: 'after an unknown outcome the book is read again under the same epoch',
      file: LOOP,
      find: '    const minted = await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))\n',
      replace: `    const minted = this.#minted !== null
      ? { kind: 'answered' as const, value: this.#minted }
      : await this.#ask(() => this.#store.mintEpoch(this.#market, this.#holder))
`,
    },
    {
      name: 'a batch is committed under whatever epoch the Store names',
      file: LOOP,
      find: '    const epoch = this.#epoch\n',
      replace: `    const named = await this.#ask(() => this.#store.readHolder(this.#market))
    if (named.kind === 'unanswered') return 'unknown'
    const { epoch } = named.value
`,
    },
    {
      name: 'the next batch does not wait for the one in flight',
      file: LOOP,
      find: `      const outcome =
        batch.contents.journal.length === 0 ? 'nothing' : await this.#commit(batch, books)
      if (outcome === 'fenced') term.end()
      if (outcome === 'fenced' || outcome === 'unknown') this.#held = null
      answerBatch(batch, outcome, this.#batchSeq)
`,
      replace: `      const settle = (outcome: BatchOutcome) => {
        if (outcome === 'fenced') term.end()
        if (outcome === 'fenced' || outcome === 'unknown') this.#held = null
        answerBatch(batch, outcome, this.#batchSeq)
      }
      if (batch.contents.journal.length === 0) settle('nothing')
      else void this.#commit(batch, books).then(settle)
`,
    },
    {
      name: 'what is in a batch is answered before its commit',
      file: LOOP,
      find: `      const outcome =
        batch.contents.journal.length === 0 ? 'nothing' : await this.#commit(batch, books)
`,
      replace: `      answerBatch(batch, 'committed', this.#batchSeq + 1)
      const outcome =
        batch.contents.journal.length === 0 ? 'nothing' : await this.#commit(batch, books)
`,
    },
    {
      name: 'after an unknown outcome the book is kept',
      file: LOOP,
      find: "      if (outcome === 'fenced' || outcome === 'unknown') this.#held = null\n",
      replace: "      if (outcome === 'fenced') this.#held = null\n",
    },
    {
      name: 'a commit without an answer counts as committed',
      file: LOOP,
      find: "      return 'unknown'\n",
      replace: "      return 'committed'\n",
    },
    {
      name: 'a commit without an answer is sent again',
      file: LOOP,
      find: `    const answer = await this.#ask(() =>
      this.#store.commitBatch({ market: this.#market, epoch, ...batch.contents }),
    )
`,
      replace: `    const send = () =>
      this.#ask(() => this.#store.commitBatch({ market: this.#market, epoch, ...batch.contents }))
    const once = await send()
    const answer = once.kind === 'unanswered' ? await send() : once
`,
    },
    {
      name: 'a fenced batch is answered as committed',
      file: ANSWER,
      find: "outcome === 'committed' || outcome === 'nothing'",
      replace: "outcome !== 'unknown'",
    },
    {
      name: 'a batch of unknown outcome is answered as committed',
      file: ANSWER,
      find: "outcome === 'committed' || outcome === 'nothing'",
      replace: "outcome !== 'fenced'",
    },
    {
      name: 'the book keeps a part of a submission that was refused',
      file: LOOP,
      find: '      if (batch.spoilt) books.live = books.committed.copy()\n',
      replace: '',
    },
    {
      name: 'what is read is ahead of the commit',
      file: LOOP,
      find: 'reader(held.books.committed)',
      replace: 'reader(held.books.live)',
    },
    {
      name: 'the committed book does not follow the commits',
      file: LOOP,
      find: '    for (const { command } of batch.contents.journal) books.committed.apply(command)\n',
      replace: '',
    },
    {
      name: 'a batch leaves out the reservations that it touched',
      file: BUILDER,
      find: '      for (const held of attempt.reservations) reservations.set(held.reservation, held)\n',
      replace: '',
    },
    {
      name: 'a term lasts longer than its lease, so that a host that wakes shows an old book',
      file: TERM,
      find: '    this.#until = at + this.#options.lease.ttlMs\n',
      replace: '    this.#until = at + 2 * this.#options.lease.ttlMs\n',
    },
  ] as const
).map((mutant) => ({ ...mutant, judge: SEEDS }))

import type { Submission, SubmissionResult } from './submission.ts'

/** A submission and the way to answer it, once. */
export type Queued<Write> = {
  readonly submission: Submission<Write>
  readonly answer: (result: SubmissionResult) => void
  /** For a submission that is itself at fault: its caller's promise rejects. */
  readonly fail: (error: unknown) => void
}

/** Submissions in their order. Bounded: beyond `capacity`, and while it refuses, the answer is unavailable at once. */
export class SubmissionQueue<Write> {
  readonly #capacity: number
  #waiting: Queued<Write>[] = []
  #refusing = false
  #wake: () => void = () => {}

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  push(submission: Submission<Write>): Promise<SubmissionResult> {
    if (this.#refusing || this.#waiting.length >= this.#capacity) {
      return Promise.resolve({ kind: 'unavailable' })
    }
    return new Promise((answer, fail) => {
      this.#waiting.push({ submission, answer, fail })
      this.#wake()
    })
  }

  /** The first ones, at most so many. */
  take(most: number): Queued<Write>[] {
    return this.#waiting.splice(0, most)
  }

  /** Back to the front, in their order. */
  putBack(queued: readonly Queued<Write>[]): void {
    this.#waiting.unshift(...queued)
  }

  /** Resolves when something waits, or at the next nudge. */
  arrival(): Promise<void> {
    if (this.#waiting.length > 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  nudge(): void {
    this.#wake()
  }

  /** Answers everything that waits as unavailable, and whatever comes from now on. */
  refuse(): void {
    this.#refusing = true
    for (const { answer } of this.take(this.#waiting.length)) answer({ kind: 'unavailable' })
  }

  accept(): void {
    this.#refusing = false
  }
}

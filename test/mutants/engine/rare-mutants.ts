import type { Mutant } from '../mutant.ts'

/** Bugs where a book seldom comes: what is full, gone, or too much to keep. */
export const RARE_MUTANTS: readonly Mutant[] = [
  {
    name: 'thousands of fills are noted, and never settled',
    file: 'engine/contents.ts',
    find: '    if (offers !== 0) this.ladder.setResting(home, false)\n    if (this.backlog.isFull()) this.queues.settle()\n',
    replace: '    if (offers !== 0) this.ladder.setResting(home, false)\n',
  },
  {
    name: 'thousands of suspensions are noted, and never settled',
    file: 'engine/contents.ts',
    find: '    const { records } = this.ladder\n    if (this.backlog.isFull()) this.queues.settle()\n',
    replace: '    const { records } = this.ladder\n',
  },
  {
    name: 'a filter of hundreds of values forgets the first of them',
    file: 'engine/criteria.ts',
    find: '      longer.set(this.code)\n',
    replace: '',
  },
  {
    name: 'new offers that outlive the others are put back the latest first',
    file: 'engine/fresh-offers.ts',
    find: '    for (let at = 0; at < count; at++) {\n      const [offer, price]',
    replace: '    for (let at = count - 1; at >= 0; at--) {\n      const [offer, price]',
  },
  {
    name: 'new offers that outlive the others are forgotten',
    file: 'engine/fresh-offers.ts',
    find: '      this.#append(instrument, offer, price, this.places[at] as number)\n',
    replace: '      if (at === count) this.#append(instrument, offer, price, 0)\n',
  },
  {
    name: 'a merge believes a backlog that it cannot read any more',
    file: 'engine/merge.ts',
    find: ' || !backlog.knows(this.#caughtUp)',
    replace: '',
  },
  {
    name: 'the tonnes of a filter believe a backlog that cannot be read any more',
    file: 'engine/views.ts',
    find: ' || !backlog.knows(since)',
    replace: '',
  },
  {
    name: 'merges are kept however much memory they take',
    file: 'engine/views.ts',
    find: '    if (before === 0 && this.#isHeavy()) this.#dropMerges(view)\n',
    replace: '',
  },
  {
    name: 'a merge that was dropped lets nothing in when it is built again',
    file: 'engine/views.ts',
    find: '      this.#members = this.#listed()\n',
    replace: '',
  },
  {
    name: 'a reservation that ended last is forgotten when the next page begins',
    file: 'engine/reservations.ts',
    find: '    if (before !== numberOf(this.#last)) this.#dropIfDone(before)',
    replace: '    this.#dropIfDone(before)',
  },
  {
    name: 'the queue of a dead instrument is kept',
    file: 'engine/queues.ts',
    find: '      const isWaste = this.#leaves.inUse > this.#homes.size + MOST_SPARE\n',
    replace: '      const isWaste = this.#leaves.inUse < 0\n',
  },
  {
    name: 'new offers that ended are never gone through',
    file: 'engine/queues.ts',
    find: '    if (newIn >= 0 && this.#instruments.lines.word(newIn, FRESH) - 1 === leaf) {',
    replace: '    if (newIn < -9) {',
  },
  {
    name: 'long filters are kept without a bound',
    file: 'engine/views.ts',
    find: ' || this.#words > MOST_WORDS) this.#makeRoom(view)',
    replace: ') this.#makeRoom(view)',
  },
  {
    name: 'a filter goes although it is asked again and again',
    file: 'engine/views.ts',
    find: '        view.wasUsed = true\n',
    replace: '',
  },
  {
    name: 'postings are lost when their table grows',
    file: 'engine/postings.ts',
    find: '    for (let word = 0; word < 1 << WORDS_SHIFT; word++) {\n',
    replace: '    for (let word = 0; word < LAST; word++) {\n',
  },
]

/** The sellers of a simulated market: new offers, each of units of its own, and changes of those that are there. */
import type { Command } from '@offset-button/engine'
import type { Submission } from '@offset-button/engine-host'
import type { MarketWrite } from '../../api/market/market.write.ts'
import type { Dice } from './dice.ts'
import type { BookRows } from './models/book-rows.ts'

export const SELLERS = 4

export class Sellers {
  readonly #dice: Dice
  readonly #book: BookRows
  #earmarks = 0
  #units = 1

  constructor(dice: Dice, book: BookRows) {
    this.#dice = dice
    this.#book = book
  }

  offer(): Submission<MarketWrite> {
    const seller = this.#dice.whole(1, SELLERS)
    const quantityTonnes = this.#dice.whole(5, 40)
    const start = this.#units
    this.#units += quantityTonnes + this.#dice.whole(0, 3)
    const project = this.#dice.whole(1, 3)
    const period = this.#dice.whole(1, 2)
    const earmark = `earmark-${++this.#earmarks}`
    const command: Command = {
      kind: 'PlaceOffer',
      seller,
      attributes: {
        project,
        host: 1,
        scope: 1,
        technology: 1,
        methodology: 0,
        vintage: period === 1 ? 2010 : 2014,
        unitType: 5,
      },
      priceMinor: this.#dice.whole(25, 40) * 10,
      quantityTonnes,
    }
    const block = {
      originatingParty: 'CR',
      unitType: 5 as const,
      start,
      end: start + quantityTonnes - 1,
      originalCommitmentPeriod: 1,
      applicableCommitmentPeriod: period,
      lulucfActivity: 0,
      projectIdentifier: project,
    }
    return {
      commands: [command],
      write: () => ({
        kind: 'offer',
        holdingAccount: seller,
        project,
        earmark,
        blocks: [block],
        applicableCommitmentPeriod: period,
        originalCommitmentPeriod: 1,
      }),
    }
  }

  /** Any of the things that sellers do. */
  submission(): Submission<MarketWrite> {
    const offer = this.#dice.whole(1, Math.max(1, this.#book.offers.size))
    const row = this.#book.offers.get(offer)
    const price = this.#dice.whole(25, 40) * 10
    return this.#dice.pick<Submission<MarketWrite>>([
      this.offer(),
      { commands: [{ kind: 'WithdrawOffer', offer }] },
      { commands: [{ kind: 'AmendOffer', offer, priceMinor: price }] },
      {
        commands: [
          { kind: 'AmendOffer', offer, quantityTonnes: (row?.state.quantityTonnes ?? 2) - 1 },
        ],
      },
      { commands: [{ kind: 'SuspendOffer', offer }] },
      // Refused halfway, as nobody has the other offer yet.
      {
        commands: [
          { kind: 'AmendOffer', offer, priceMinor: price },
          { kind: 'WithdrawOffer', offer: 1_000_000 },
        ],
      },
      { commands: [{ kind: 'ResumeOffer', offer }] },
    ])
  }
}

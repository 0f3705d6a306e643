import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'koa'
import type { Db } from '../database/database.ts'
import { Refusal } from './refusal.ts'

/** Who calls. A publishable key stands on web pages, so it may only quote, order and read its own order. */
export type Caller =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'page'; readonly key: number }
  | { readonly kind: 'seller'; readonly seller: number }
  | { readonly kind: 'operator' }
export type CallerKind = Caller['kind']

export type Callers = {
  /** `keyInAddress` counts where no header has a key. Refused as key_not_valid or origin_not_allowed. */
  identify<Kind extends CallerKind>(
    context: Context,
    kind: Kind,
    keyInAddress?: string,
  ): Promise<Extract<Caller, { kind: Kind }>>
}

/** How long a key is believed without another look, in milliseconds. */
const KEY_MEMORY_MS = 5_000

export const hashOfKey = (key: string) => createHash('sha256').update(key).digest()

export function createCallers(
  db: Db,
  options: { readonly operatorToken: string; readonly ownOrigin: string; now(): number },
): Callers {
  const pages = remembered(options.now, (key) =>
    db
      .selectFrom('publishable_key')
      .select(['id', 'origins'])
      .where('key', '=', key)
      .executeTakeFirst(),
  )
  const sellers = remembered(options.now, (key) =>
    db
      .selectFrom('seller')
      .select('id')
      .where('api_key_hash', '=', hashOfKey(key))
      .executeTakeFirst(),
  )
  const callerOf = async (
    context: Context,
    kind: CallerKind,
    keyInAddress?: string,
  ): Promise<Caller> => {
    if (kind === 'anybody') return { kind }
    const header = context.get('Authorization') || `Bearer ${keyInAddress ?? ''}`
    const key = /^Bearer +(\S{1,200})$/i.exec(header)?.[1]
    if (!key) throw new Refusal('key_not_valid')
    switch (kind) {
      case 'operator':
        if (!timingSafeEqual(hashOfKey(key), hashOfKey(options.operatorToken))) {
          throw new Refusal('key_not_valid')
        }
        return { kind }
      case 'seller': {
        const seller = await sellers(key)
        if (!seller) throw new Refusal('key_not_valid')
        return { kind, seller: seller.id }
      }
      case 'page': {
        const origin = context.get('Origin')
        // Only browsers send an honest Origin; without one there is no page to protect.
        const isAllowed = ({ origins }: { readonly origins: readonly string[] }): boolean =>
          !origin || origin === options.ownOrigin || origins.includes(origin)
        const page = await pages(key, isAllowed)
        if (!page) throw new Refusal('key_not_valid')
        if (!isAllowed(page)) {
          throw new Refusal('origin_not_allowed', {
            detail: `Its owner has to allow ${origin.slice(0, 200)}.`,
          })
        }
        return { kind, key: page.id }
      }
    }
  }
  return {
    identify: async (context, kind, keyInAddress) =>
      (await callerOf(context, kind, keyInAddress)) as Extract<Caller, { kind: typeof kind }>,
  }
}

/** Keeps what was found for a short while; what was not found, or does not suffice as it was, is asked again. */
function remembered<T>(now: () => number, find: (key: string) => Promise<T | undefined>) {
  const memory = new Map<string, { value: T; until: number }>()
  return async (key: string, suffices = (_: T): boolean => true): Promise<T | undefined> => {
    const known = memory.get(key)
    if (known && known.until > now() && suffices(known.value)) return known.value
    const value = await find(key)
    memory.delete(key)
    if (value) memory.set(key, { value, until: now() + KEY_MEMORY_MS })
    if (memory.size > 1000) memory.delete(memory.keys().next().value ?? '')
    return value
  }
}

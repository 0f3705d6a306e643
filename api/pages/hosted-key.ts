import type { Application } from '../application.ts'
import { Refusal } from '../http/refusal.ts'

/** Under which orders are placed that began on these pages and not on a website. */
const OWN_KEY = 'pk_hosted_pages'

/** The row of the website's key that an address carries; that of these pages where it carries none. Refused as key_not_valid. */
export async function keyOfPage({ db, publicUrl }: Application, key: string): Promise<number> {
  const find = (wanted: string) =>
    db.selectFrom('publishable_key').select('id').where('key', '=', wanted).executeTakeFirst()
  const known = await find(key || OWN_KEY)
  if (known) return known.id
  if (key !== '' && key !== OWN_KEY) throw new Refusal('key_not_valid')
  await db
    .insertInto('publishable_key')
    .values({ key: OWN_KEY, name: 'Hosted pages', origins: [new URL(publicUrl).origin] })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const made = await find(OWN_KEY)
  if (!made) throw new Refusal('key_not_valid')
  return made.id
}

import {
  acknowledged,
  type ImportProjectsRequest,
  importProjectsRequest,
  importProjectsResult,
  putPublishableKeyRequest,
  putSellerRequest,
} from '@offset-button/contract'
import { z } from 'zod'
import type { Application } from '../application.ts'
import type { Db } from '../database/database.ts'
import { hashOfKey } from '../http/callers.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import { Refusal } from '../http/refusal.ts'

const slug = z.strictObject({ seller: z.string().regex(/^[a-z0-9-]{1,60}$/) })
const publishableKey = z.strictObject({ key: z.string().regex(/^pk_[A-Za-z0-9_]{8,80}$/) })

/** What an operator tells the system. Each call may be repeated. */
export function operatorEndpoints(application: Application): Endpoint[] {
  const { catalogue, db, market, registries } = application
  return [
    endpoint({
      method: 'post',
      path: '/v1/operator/projects',
      operation: 'importProjects',
      summary: 'Lists projects, or corrects what is listed',
      caller: 'operator',
      body: importProjectsRequest,
      status: 200,
      result: importProjectsResult,
      problems: ['key_not_valid', 'invalid_request'],
      handle: async ({ body }) => {
        const references = body.projects.map((project) => project.reference)
        const twice = references.find((one, index) => references.indexOf(one) !== index)
        if (twice) throw refused('projects', `${twice} is listed twice.`)
        await refuseMovedProjects(db, body.projects)
        await db
          .insertInto('project')
          .values(body.projects)
          .onConflict((conflict) =>
            conflict.column('reference').doUpdateSet(({ ref }) => ({
              title: ref('excluded.title'),
              host: ref('excluded.host'),
              technology: ref('excluded.technology'),
              scope: ref('excluded.scope'),
              scope_derived: ref('excluded.scope_derived'),
              source: ref('excluded.source'),
            })),
          )
          .execute()
        await catalogue.refresh()
        return { imported: body.projects.length }
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/operator/sellers/{seller}',
      operation: 'putSeller',
      summary: 'Enters a project participant, its key and its holding accounts',
      caller: 'operator',
      params: slug,
      body: putSellerRequest,
      status: 200,
      result: acknowledged,
      problems: ['key_not_valid', 'invalid_request'],
      handle: async ({ params, body }) => {
        const [registry] = registries.keys()
        if (registry === undefined) throw new Refusal('registry_unavailable')
        await db.transaction().execute(async (trx) => {
          const entered = {
            name: body.name,
            api_key_hash: hashOfKey(body.api_key),
            demo: body.demo,
          }
          const other = await trx
            .selectFrom('seller')
            .select('slug')
            .where('api_key_hash', '=', entered.api_key_hash)
            .where('slug', '<>', params.seller)
            .executeTakeFirst()
          if (other) throw refused('api_key', `It is the key of ${other.slug}.`)
          const seller = await trx
            .insertInto('seller')
            .values({ slug: params.seller, ...entered })
            .onConflict((conflict) => conflict.column('slug').doUpdateSet(entered))
            .returning('id')
            .executeTakeFirstOrThrow()
          await trx
            .insertInto('holding_account')
            .values(
              body.holding_accounts.map((number) => ({ seller: seller.id, registry, number })),
            )
            .onConflict((conflict) => conflict.columns(['registry', 'number']).doNothing())
            .execute()
          const foreign = await trx
            .selectFrom('holding_account')
            .select('number')
            .where('registry', '=', registry)
            .where('number', 'in', body.holding_accounts)
            .where('seller', '<>', seller.id)
            .executeTakeFirst()
          if (foreign) {
            throw refused('holding_accounts', `${foreign.number} is another seller's.`)
          }
          if (body.demo) {
            await trx.updateTable('market').set({ seeded: true }).where('id', '=', market).execute()
          }
        })
        await catalogue.refresh()
        return { ok: true as const }
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/operator/publishable-keys/{key}',
      operation: 'putPublishableKey',
      summary: 'Enters a publishable key and the origins whose pages may use it',
      caller: 'operator',
      params: publishableKey,
      body: putPublishableKeyRequest,
      status: 200,
      result: acknowledged,
      problems: ['key_not_valid', 'invalid_request'],
      handle: async ({ params, body }) => {
        const origins = body.origins.map((address) => {
          const { origin, protocol } = new URL(address)
          if (protocol === 'https:' || protocol === 'http:') return origin
          throw refused('origins', `${address} is no address of a web page.`)
        })
        await db
          .insertInto('publishable_key')
          .values({ key: params.key, name: body.name, origins })
          .onConflict((conflict) =>
            conflict.column('key').doUpdateSet({ name: body.name, origins }),
          )
          .execute()
        return { ok: true as const }
      },
    }),
  ]
}

/** Buyers choose by these facts, and offers carry them from when they were placed. */
async function refuseMovedProjects(
  db: Db,
  projects: ImportProjectsRequest['projects'],
): Promise<void> {
  const offered = await db
    .selectFrom('project')
    .select(['reference', 'host', 'technology', 'scope'])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('offer').select('offer.id').whereRef('offer.project', '=', 'project.id')),
    )
    .execute()
  const known = new Map(offered.map((project) => [project.reference, project]))
  for (const { reference, host, technology, scope } of projects) {
    const before = known.get(reference)
    if (!before) continue
    if (before.host !== host || before.technology !== technology || before.scope !== scope) {
      throw refused(
        'projects',
        `${reference} has been offered: its host, technology and scope stay as they are.`,
      )
    }
  }
}

const refused = (path: string, message: string) =>
  new Refusal('invalid_request', { errors: [{ path, message }] })

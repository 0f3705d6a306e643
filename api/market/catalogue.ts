import type { ProjectSummary, Technology } from '@offset-button/contract'
import type { Db } from '../database/database.ts'

export type Project = {
  readonly id: number
  readonly reference: string
  readonly title: string
  readonly host: string
  readonly technology: string
  readonly scope: number | null
  readonly scopeDerived: boolean
}

/** Names behind the book's integers: projects and sellers, in memory, read again whenever the operator enters some. */
export type Catalogue = {
  project(id: number): Project | undefined
  projectByReference(reference: string): Project | undefined
  sellerName(id: number): string
  /** Read again since: grows with each refresh. */
  revision(): number
  refresh(): Promise<void>
}

export function createCatalogue(db: Db): Catalogue {
  let projects = new Map<number, Project>()
  let byReference = new Map<string, Project>()
  let sellers = new Map<number, string>()
  let revision = 0
  return {
    project: (id) => projects.get(id),
    projectByReference: (reference) => byReference.get(reference),
    sellerName: (id) => sellers.get(id) ?? '',
    revision: () => revision,
    async refresh() {
      const rows = await db.selectFrom('project').selectAll().execute()
      const read = rows.map(({ scope_derived: scopeDerived, source: _, ...row }) => ({
        ...row,
        scopeDerived,
      }))
      projects = new Map(read.map((project) => [project.id, project]))
      byReference = new Map(read.map((project) => [project.reference, project]))
      const named = await db.selectFrom('seller').select(['id', 'name']).execute()
      sellers = new Map(named.map((seller) => [seller.id, seller.name]))
      revision += 1
    },
  }
}

export const projectSummary = (project: Project): ProjectSummary => ({
  reference: project.reference,
  title: project.title,
  host: project.host,
  technology: project.technology as Technology,
  scope: project.scope,
  scope_derived: project.scopeDerived,
})

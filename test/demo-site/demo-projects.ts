import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type DemoProject, readProjects } from '@offset-button/demo-site/seed/projects'

const FILE = new URL(
  './data/projects.csv',
  import.meta.resolve('@offset-button/demo-site/seed/projects'),
)

/** The list as text, as it lies beside the seed. */
export function projectsCsv(): string {
  return readFileSync(fileURLToPath(FILE), 'utf8')
}

export function demoProjects(): readonly DemoProject[] {
  return readProjects(projectsCsv())
}

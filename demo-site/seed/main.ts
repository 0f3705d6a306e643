/** Sets the demo market up once; run again it completes what is missing, or says that nothing is. */
import { readFileSync } from 'node:fs'
import { readSeedConfiguration } from './configuration.ts'
import { demoMarket } from './market.ts'
import { readProjects } from './projects.ts'
import { seed } from './seed.ts'

/** Any number: another one gives another market. */
const SEED = 2026

try {
  const projects = readProjects(
    readFileSync(new URL('./data/projects.csv', import.meta.url), 'utf8'),
  )
  const market = demoMarket(projects, SEED)
  const isNew = await seed(readSeedConfiguration(process.env), projects, market, console.log)
  const sizes = `${market.offers.length} offers of ${market.sellers.length} sellers, ${projects.length} projects`
  console.log(isNew ? `seeded ${sizes}` : `already seeded ${sizes}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

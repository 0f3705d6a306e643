import { execFile } from 'node:child_process'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'

/** A redis-server unpacked from the distribution's packages. */
export interface UnpackedRedis {
  readonly program: string
  /** Where its shared libraries were unpacked, for LD_LIBRARY_PATH. */
  readonly libraryPath: string
}

const PACKAGES = ['redis-server', 'valkey-server']
const READY = 'ready.json'

/**
 * The redis-server in `folder`, unpacked there from Debian's package and those of its libraries that
 * this system lacks. Needs no root, installs nothing and runs no package's scripts; the network is
 * needed once. Undefined where there is no apt, no such package, or no way to it; `say` hears why.
 */
export async function unpackedRedis(
  folder: string,
  say: (line: string) => void,
): Promise<UnpackedRedis | undefined> {
  const kept = readReady(folder)
  if (kept) return kept
  const tools = await Promise.all([run('apt-get', ['--version']), run('dpkg-deb', ['--version'])])
  if (tools.includes(undefined)) return undefined
  say('Redis: unpacking the package of the distribution (once) …')
  // Another start may be at it as well; each works in a folder of its own, and the first is kept.
  fs.mkdirSync(dirname(folder), { recursive: true })
  const part = fs.mkdtempSync(`${folder}.`)
  try {
    return (await unpackInto(part)) ? keep(part, folder) : undefined
  } finally {
    fs.rmSync(part, { recursive: true, force: true })
  }
}

/** Fills `part` and notes down what is in it, if it turns out to run. */
async function unpackInto(part: string): Promise<boolean> {
  const packages = join(part, 'packages')
  fs.mkdirSync(packages)
  const isFetched =
    (await fetchPackages(packages)) || (await fetchPackages(packages, await privateApt(part)))
  if (!isFetched) return false
  for (const file of packagesIn(packages)) {
    await run('dpkg-deb', ['-x', join(packages, file), join(part, 'root')])
  }
  for (const used of [packages, join(part, 'apt')])
    fs.rmSync(used, { recursive: true, force: true })
  return runsAsUnpacked(part)
}

/** Downloads the first of the packages that the distribution has, with what it needs and the system lacks, in one run of apt. */
async function fetchPackages(folder: string, config?: string): Promise<boolean> {
  const env: Record<string, string> = config ? { APT_CONFIG: config } : {}
  // Into a folder of ours, so that neither root nor the system's lock is needed.
  fs.mkdirSync(join(folder, 'partial'), { recursive: true })
  const options = [
    `Dir::Cache::archives=${folder}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=root',
  ]
  const args = ['--assume-yes', '--no-install-recommends', '--download-only', 'install']
  for (const name of PACKAGES) {
    const said = await run('apt-get', [...options.flatMap((it) => ['-o', it]), ...args, name], {
      env,
    })
    if (said !== undefined && packagesIn(folder).length > 0) return true
  }
  return false
}

function packagesIn(folder: string): readonly string[] {
  return fs.readdirSync(folder).filter((file) => file.endsWith('.deb'))
}

/**
 * Package lists of our own, for a system whose lists are empty, old or closed to us. The system's
 * settings are copied, as a proxy may stand in them, but for the hooks: those clean the system's own
 * caches. Gives the path of an apt configuration.
 */
async function privateApt(part: string): Promise<string> {
  const apt = join(part, 'apt')
  const settings = join(apt, 'apt.conf.d')
  for (const name of ['lists/partial', 'cache/archives/partial']) {
    fs.mkdirSync(join(apt, name), { recursive: true })
  }
  fs.cpSync('/etc/apt/apt.conf.d', settings, {
    recursive: true,
    filter: (file) => canRead(file),
  })
  fs.writeFileSync(
    join(settings, 'zz-no-hooks'),
    ['Pre-Invoke', 'Post-Invoke', 'Post-Invoke-Success']
      .map((hook) => `#clear APT::Update::${hook};\n`)
      .join(''),
  )
  const config = join(apt, 'apt.conf')
  fs.writeFileSync(
    config,
    [
      `Dir::Etc::parts "${settings}";`,
      `Dir::State::lists "${join(apt, 'lists')}";`,
      `Dir::Cache "${join(apt, 'cache')}";`,
      'APT::Sandbox::User "root";',
      'Acquire::Languages "none";',
    ].join('\n'),
  )
  await run('apt-get', ['update'], { env: { APT_CONFIG: config } })
  return config
}

function canRead(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** The standard output of a command, or undefined when it failed. */
function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C', ...options.env }
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: 120_000 }, (error, stdout) =>
      resolve(error ? undefined : stdout),
    )
  })
}

/** Only a server that runs is noted down. */
async function runsAsUnpacked(part: string): Promise<boolean> {
  const root = join(part, 'root')
  const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' })
  const program = files.find((file) => /(^|\/)bin\/(redis|valkey)-server$/.test(file))
  if (!program) return false
  const libraries = files.filter((file) => /\.so(\.\d+)*$/.test(file)).map((file) => dirname(file))
  const note = {
    program: join('root', program),
    libraryPath: [...new Set(libraries)].map((library) => join('root', library)),
  }
  fs.writeFileSync(join(part, READY), JSON.stringify(note))
  const ready = readReady(part)
  if (!ready) return false
  const env = { LD_LIBRARY_PATH: ready.libraryPath }
  return (await run(ready.program, ['--version'], { env })) !== undefined
}

/** Puts the unpacked folder in its place, unless another start was faster. */
function keep(part: string, folder: string): UnpackedRedis | undefined {
  if (!readReady(folder)) {
    fs.rmSync(folder, { recursive: true, force: true })
    fs.chmodSync(part, 0o755)
    fs.renameSync(part, folder)
  }
  return readReady(folder)
}

/** The note names paths inside the folder, so the project may be moved. */
function readReady(folder: string): UnpackedRedis | undefined {
  const file = join(folder, READY)
  if (!fs.existsSync(file)) return undefined
  const { program, libraryPath } = JSON.parse(fs.readFileSync(file, 'utf8'))
  if (!fs.existsSync(join(folder, program))) return undefined
  return {
    program: join(folder, program),
    libraryPath: libraryPath.map((library: string) => join(folder, library)).join(':'),
  }
}

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { PostgresBinaries } from './postgres.binaries.ts'
import { StartFailure } from './start-failure.ts'

/** The user Postgres runs as. */
export interface PostgresUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Where one Postgres lives and as whom it runs. */
export interface PostgresHome {
  /** Undefined: the user of this process. */
  readonly user: PostgresUser | undefined
  /** The data directory; its parent is a place where the user's files may be made. */
  readonly data: string
  /** The folder that holds bin, lib and share. */
  readonly binaries: string
  /** The folder outside the project that had to be used, if one had to be. */
  readonly elsewhere: string | undefined
}

const RECORD = 'postgres.elsewhere'
const OWNERS = ['postgres', 'nobody']

/**
 * Chooses where Postgres keeps its data and as whom it runs, for data that belongs to `folder`.
 *
 * Postgres refuses to run as root, so for root another user that exists runs it; nothing is added to
 * the system. Where a parent folder keeps that user out, a folder of that user's outside the project
 * takes what it cannot reach. Its name follows from `folder`, and a record in `folder` says that it
 * is in use, so the next start finds it again.
 */
export function choosePostgresHome(folder: string, binaries: PostgresBinaries): PostgresHome {
  const data = join(folder, 'postgres')
  if (process.getuid?.() !== 0) {
    refuseForeignData(folder, data)
    return { user: undefined, data, binaries: binaries.folder, elsewhere: undefined }
  }
  const user = ownerOf(data) ?? findUser()
  const reachesData = canReach(user, folder) && !fs.existsSync(join(folder, RECORD))
  const reachesBinaries = canRun(user, join(binaries.folder, 'bin', 'postgres'))
  if (reachesData && reachesBinaries) {
    return { user, data, binaries: binaries.folder, elsewhere: undefined }
  }
  const elsewhere = openElsewhere(folder, user)
  return {
    user,
    data: reachesData ? data : join(elsewhere, 'postgres'),
    binaries: reachesBinaries ? binaries.folder : copyBinaries(binaries, elsewhere, user),
    elsewhere,
  }
}

/** Removes the data that belongs to `folder`, wherever it is. Postgres must have ended. */
export function removePostgresHome(folder: string): void {
  const record = join(folder, RECORD)
  if (fs.existsSync(record) && fs.readFileSync(record, 'utf8') === elsewhereOf(folder)) {
    fs.rmSync(elsewhereOf(folder), { recursive: true, force: true })
  }
  for (const name of [RECORD, 'postgres', 'postgres.new', 'postgres.password']) {
    fs.rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** Gives a file or folder, with all that is in it, to the user. */
export function giveTo(user: PostgresUser | undefined, path: string): void {
  if (!user) return
  fs.lchownSync(path, user.uid, user.gid)
  if (!fs.lstatSync(path).isDirectory()) return
  for (const name of fs.readdirSync(path)) giveTo(user, join(path, name))
}

/** Whoever made the data before goes on with it, so root may start what an ordinary user began. */
function ownerOf(data: string): PostgresUser | undefined {
  const stat = fs.statSync(data, { throwIfNoEntry: false })
  if (!stat || stat.uid === 0) return undefined
  return { name: `number ${stat.uid}`, uid: stat.uid, gid: stat.gid }
}

function findUser(): PostgresUser {
  for (const name of OWNERS) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid !== undefined && gid !== undefined && uid !== 0) return { name, uid, gid }
  }
  throw new StartFailure(
    'Postgres does not run as root, and this system has neither a user postgres nor a user nobody to run it: start as another user, or set DATABASE_URL.',
  )
}

function idOf(flag: string, name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

/** Asks the system itself, as that user, since modes alone do not tell (access lists, mounts). */
function canReach(user: PostgresUser, folder: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  })
  return status === 0
}

function canRun(user: PostgresUser, program: string): boolean {
  return spawnSync(program, ['--version'], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0
}

function elsewhereOf(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  return `/var/tmp/offset-button-${hash}`
}

/** The folder outside, new unless the record says that it is ours; anything else of that name is refused. */
function openElsewhere(folder: string, user: PostgresUser): string {
  const path = elsewhereOf(folder)
  const record = join(folder, RECORD)
  const stat = fs.lstatSync(path, { throwIfNoEntry: false })
  const isOurs = stat?.isDirectory() && stat.uid === user.uid && (stat.mode & 0o777) === 0o700
  const isRecorded = fs.existsSync(record) && fs.readFileSync(record, 'utf8') === path
  if (stat && !isOurs) {
    throw new StartFailure(`${path} belongs to somebody else; remove it, or set DATABASE_URL.`)
  }
  if (stat && !isRecorded) fs.rmSync(path, { recursive: true })
  if (!stat || !isRecorded) {
    fs.mkdirSync(path, { mode: 0o700 })
    fs.chownSync(path, user.uid, user.gid)
    fs.writeFileSync(record, path)
  }
  return path
}

/** Copies the binaries once; a copy that was cut short is not taken for one. */
function copyBinaries(binaries: PostgresBinaries, elsewhere: string, user: PostgresUser): string {
  const copy = join(elsewhere, `binaries-${binaries.packageVersion}`)
  if (fs.existsSync(copy)) return copy
  const part = `${copy}.new`
  fs.rmSync(part, { recursive: true, force: true })
  fs.cpSync(binaries.folder, part, { recursive: true, verbatimSymlinks: true })
  giveTo(user, part)
  fs.renameSync(part, copy)
  return copy
}

/** Data that root's helper user made cannot be read by an ordinary user: say so instead of failing inside Postgres. */
function refuseForeignData(folder: string, data: string): void {
  const owner = fs.statSync(data, { throwIfNoEntry: false })?.uid
  if (
    !fs.existsSync(join(folder, RECORD)) &&
    (owner === undefined || owner === process.getuid?.())
  ) {
    return
  }
  throw new StartFailure(
    `The database of ${folder} was made by another user: start as that user (or as root), or begin anew in a copy of the project.`,
  )
}

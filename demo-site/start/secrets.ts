import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'

const MAKERS = {
  registryApiToken: () => random(),
  operatorToken: () => random(),
  standInSecretKey: () => `sk_test_${random()}`,
  standInPublishableKey: () => `pk_test_${random()}`,
  standInWebhookSecret: () => `whsec_${random()}`,
  demoPublishableKey: () => `pk_demo_${random()}`,
  demoSellerKey: () => `sk_pp_${random()}`,
}

/** The random secrets of one data folder. */
export type Secrets = Readonly<Record<keyof typeof MAKERS, string>>

/** Reads the secrets, makes those that are missing, and keeps them where only this user reads them. */
export function keepSecrets(file: string): Secrets {
  const kept: Partial<Secrets> = fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : {}
  const made = Object.fromEntries(Object.entries(MAKERS).map(([name, make]) => [name, make()]))
  const secrets = { ...(made as Secrets), ...kept }
  fs.writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

/** 128 random bits as 32 hexadecimal digits. */
function random(): string {
  return randomBytes(16).toString('hex')
}

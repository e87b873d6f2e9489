// What signs the logs: read from a file, and for the embedded database made on its first start. It never stands in the
// database, which must not be able to sign for itself.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import type { LogKey } from './operations/log/log-key.ts'

/** Anything wrong with the key that an operator can mend. */
export class LogKeyError extends Error {
  override readonly name = 'LogKeyError'
}

/** Throws `LogKeyError`. */
export async function readLogKey(origin: string, file: string): Promise<LogKey> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new LogKeyError(`LOG_KEY_FILE cannot be read (${error.code}). ${HOW_TO_MAKE}`)
  })
  const privateKey = keyIn(text)
  if (privateKey?.asymmetricKeyType !== 'ed25519')
    throw new LogKeyError(`LOG_KEY_FILE holds no Ed25519 private key in PEM. ${HOW_TO_MAKE}`)
  return { origin, privateKey }
}

/** As `readLogKey`; a file that is not there is made, for this user alone. */
export async function ensureLogKey(origin: string, file: string): Promise<LogKey> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  await writeFile(file, pem, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return readLogKey(origin, file)
}

const HOW_TO_MAKE = 'Make one with "openssl genpkey -algorithm ed25519", and keep a copy of it.'

function keyIn(text: string) {
  try {
    return createPrivateKey(text)
  } catch {
    return undefined
  }
}

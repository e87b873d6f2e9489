// A key that everybody knows, so that what is signed with it is the same each time.
import { createPrivateKey } from 'node:crypto'
import type { LogKey } from '../../src/operations/log/log-key.ts'

const PKCS8_HEAD = '302e020100300506032b657004220420'
const SEED = Buffer.from(Array.from({ length: 32 }, (_, i) => i))

export const TEST_LOG_KEY: LogKey = {
  origin: 'openras.example',
  privateKey: createPrivateKey({
    key: Buffer.concat([Buffer.from(PKCS8_HEAD, 'hex'), SEED]),
    format: 'der',
    type: 'pkcs8',
  }),
}

// What an assessment and its allocation are stored as, read back.
import type { IntakeRecord } from '../../contract/allocation/allocation.ts'

export function decodeIntake(text: string): IntakeRecord {
  return JSON.parse(text) as IntakeRecord
}

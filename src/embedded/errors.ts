// The failures a person who starts OpenRAS can do something about; the caller shows the message alone.

/** The embedded PostgreSQL could not be prepared, started or stopped; the message says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError'
}

/** A living process already owns the data folder. */
export class AlreadyRunningError extends EmbeddedPostgresError {
  override readonly name = 'AlreadyRunningError'
  readonly pid: number
  readonly folder: string

  constructor(pid: number, folder: string) {
    super(
      `The data folder ${folder} is in use by a running process (${pid}). ` +
        'Stop that process first, or start this one with another folder in DATA_DIR.',
    )
    this.pid = pid
    this.folder = folder
  }
}

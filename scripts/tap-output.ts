// What a process of tests has printed: how many named tests passed and failed, which files it ran, and what is wrong.

export type TapOutput = {
  readonly passed: number
  readonly failed: number
  /** The files that came to their end in it. */
  readonly files: readonly string[]
  /** Each failed assertion and what it says, and the tests and the file that it stands in. */
  readonly failures: readonly string[]
}

// Every named test closes with its time, at whatever depth it stands.
const CLOSED = /^ *(not )?ok \d+ - (.*) # time=/
const FILE = /^test\/.*\.test\.ts$/

/** `started` is the file that the process was started for; `ok` is whether it ended well. */
export function readTap(text: string, started: string, ok: boolean): TapOutput {
  let [passed, failed, failedInFile] = [0, 0, 0]
  const files = [started]
  for (const line of text.split('\n')) {
    const [, not, name] = CLOSED.exec(line) ?? []
    if (name === undefined) continue
    if (FILE.test(name)) {
      // What breaks in a file outside its tests counts as one.
      if (not !== undefined && failedInFile === 0) failed += 1
      failedInFile = 0
      files.push(name)
    } else if (not === undefined) passed += 1
    else {
      failed += 1
      failedInFile += 1
    }
  }
  return { passed, failed: failed === 0 && !ok ? 1 : failed, files, failures: failuresIn(text) }
}

function failuresIn(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    if (!/^ *not ok /.test(line)) return []
    const said = lines.slice(i + 1)
    if (!/^ *---$/.test(said[0] ?? '')) return [line]
    return [
      line,
      ...said.slice(
        0,
        said.findIndex((one) => /^ *\.\.\.$/.test(one)),
      ),
    ]
  })
}

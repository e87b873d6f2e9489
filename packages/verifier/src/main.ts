#!/usr/bin/env node
// The command line: reads the files that it names, and says what was found. Ends with 0, 1 or 2.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Finding, Unusable } from './findings.ts'
import type { Source } from './lines.ts'
import { type Asked, verifyBundle } from './verify.ts'

const USAGE = `usage: openras-verify BUNDLE --key VKEY [--held NOTE]... [--receipt FILE]... [--witness VKEY]... [--replay]
  --key VKEY      the log's public key, got from somebody else than whoever gave you the bundle
  --held NOTE     a file with a checkpoint that you kept: the log has to go on from it
  --receipt FILE  a file with a receipt: the log has to hold its event
  --witness VKEY  a witness that must have signed a checkpoint of the bundle
  --replay        compute every allocation again
Ends with 0 if the bundle is good, 1 if it was tampered with, 2 if nothing can be said.`

const EXIT = { good: 0, tampered: 1, unusable: 2 } as const

function main(args: readonly string[]): number {
  const finding = found(args)
  console.log(worded(finding))
  return EXIT[finding.verdict]
}

function found(args: readonly string[]): Finding {
  try {
    const { path, asked } = askedBy(args)
    return verifyFile(path, asked)
  } catch (fault) {
    if (fault instanceof Unusable) return { verdict: 'unusable', what: fault.message }
    throw fault
  }
}

function askedBy(args: readonly string[]): { readonly path: string; readonly asked: Asked } {
  const { values, positionals } = parsed(args)
  const [path, ...more] = positionals
  const [key, ...keys] = values.key ?? []
  if (path === undefined || more.length > 0 || key === undefined || keys.length > 0) throw new Unusable(USAGE)
  const { held = [], receipt = [], witness = [], replay = false } = values
  return {
    path,
    asked: { key, held: held.map(text), receipts: receipt.map(text), witnesses: witness, replay },
  }
}

function parsed(args: readonly string[]) {
  const many = { type: 'string', multiple: true } as const
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: many, held: many, receipt: many, witness: many, replay: { type: 'boolean' } },
    })
  } catch {
    throw new Unusable(USAGE)
  }
}

function text(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch {
    throw new Unusable(`${path} cannot be read as a text.`)
  }
}

function verifyFile(path: string, asked: Asked): Finding {
  const file = opened(path)
  try {
    return verifyBundle(file.source, asked)
  } finally {
    file.close()
  }
}

function opened(path: string): { readonly source: Source; close(): void } {
  try {
    const file = openSync(path, 'r')
    const status = fstatSync(file)
    if (!status.isFile()) throw new Error('only a file can be read from any place')
    return {
      source: { size: status.size, read: (into, from) => readSync(file, into, 0, into.length, from) },
      close: () => closeSync(file),
    }
  } catch {
    throw new Unusable(`${path} is not a file that can be read.`)
  }
}

function worded(finding: Finding): string {
  switch (finding.verdict) {
    case 'good':
      return ['good', ...finding.told.map((line) => `  ${line}`)].join('\n')
    case 'tampered': {
      const index = finding.index === null ? '' : `, index ${finding.index}`
      return `tampered: line ${finding.line}${index}: ${finding.what}`
    }
    default:
      return finding.what === USAGE ? USAGE : `unusable: ${finding.what}`
  }
}

// A mistake of this program must not look like a finding: Node itself would end with 1.
try {
  process.exitCode = main(process.argv.slice(2))
} catch (mistake) {
  console.error(mistake)
  console.log('unusable: this program failed, so nothing can be said of the bundle.')
  process.exitCode = EXIT.unusable
}

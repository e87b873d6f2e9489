// What is stored of a run as text beside its results: what it was asked for, and why it failed.
import type { RunProblem } from '../../contract/calibration/figures.ts'
import type { CompleteRequest } from '../../contract/calibration/run-request.ts'
import { canonicalJson } from '../../domain/log/canonical.ts'

export function encodeRequest(request: CompleteRequest): string {
  return canonicalJson(request)
}

export function decodeRequest(text: string): CompleteRequest {
  return JSON.parse(text) as CompleteRequest
}

export function encodeProblem(problem: RunProblem): string {
  return JSON.stringify(problem)
}

export function decodeProblem(text: string): RunProblem {
  return JSON.parse(text) as RunProblem
}

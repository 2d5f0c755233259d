import type { ChildProcess } from 'node:child_process'
import { startProgram } from './start-program.ts'

/**
 * The full path of a program that comes with Windows. A bare name would be looked for in the current folder first, where a
 * download may have that name.
 *
 * @param name Relative to System32.
 */
export function windowsProgram(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return `${env.SystemRoot ?? String.raw`C:\Windows`}\\System32\\${name}`
}

export function powerShell(): string {
  return windowsProgram(String.raw`WindowsPowerShell\v1.0\powershell.exe`)
}

/** PowerShell's arguments for a script that is part of Descry. Other text must never get into it. */
export function encodedPowerShell(script: string): string[] {
  return [
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    '-ExecutionPolicy',
    'Bypass',
    '-EncodedCommand',
    Buffer.from(`$ErrorActionPreference = 'Stop'; ${script}`, 'utf16le').toString('base64')
  ]
}

/** Starts PowerShell with a script that reads lines from stdin and writes lines to stdout. */
export function startPowerShell(script: string, env?: NodeJS.ProcessEnv): ChildProcess {
  return startProgram(powerShell(), encodedPowerShell(script), {
    env,
    stdio: ['pipe', 'pipe', 'ignore']
  })
}

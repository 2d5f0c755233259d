/**
 * The full name of a program that comes with Windows. A bare name is looked for in the current folder first, where a download may
 * lie under that name.
 *
 * @param name below System32.
 */
export function windowsProgram(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return `${env.SystemRoot ?? String.raw`C:\Windows`}\\System32\\${name}`
}

export function powerShell(): string {
  return windowsProgram(String.raw`WindowsPowerShell\v1.0\powershell.exe`)
}

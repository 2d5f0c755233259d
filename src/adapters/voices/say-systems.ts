import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { encodedPowerShell } from './powershell.ts'
import { killTree } from './process-tree.ts'

/** What using the `say` package safely takes on one system. */
export interface SaySystem {
  /** Text that the package can pass on without any of it being taken for syntax; empty when nothing can be said. */
  clean(text: string, volumePercent: number): string
  /** The package's speed factor, or null where it must not be used. */
  speed(rateWpm: number): number | null
  /** Ends the engine and whatever plays for it. */
  kill(child: ChildProcess): void
  /** Takes away what a killed engine leaves behind. */
  tidy(child: ChildProcess): void
  /** A silent utterance of the same engine, in constant words. The package itself knows no volume. */
  check: { command: string; args: string[]; input: string }
}

/** The package has no such system: say is not offered there. */
export function saySystem(system: NodeJS.Platform): SaySystem | null {
  if (system === 'linux') return linux
  if (system === 'darwin') return macos
  if (system === 'win32') return windows
  return null
}

// What ends or continues a string, or starts an option, somewhere. Control characters are made spaces.
const syntax = /["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

function withoutSyntax(text: string): string {
  return text
    .replace(syntax, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s-]+/u, '')
    .trim()
}

/** Festival: the package writes the text into a Scheme string, so quotes and backslashes must not reach it. */
const linux: SaySystem = {
  // Festival reads bytes and knows no UTF-8; letters are kept without their accents.
  clean: (text) => {
    const ascii = text
      .replace(/[‘’]/gu, "'")
      .replace(/[–—]/gu, ', ')
      .replace(/ß/gu, 'ss')
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .replace(/[^\u0020-\u007e]+/gu, ' ')
    return withoutSyntax(ascii)
  },
  // The package's way of setting it is a broken Scheme string.
  speed: () => null,
  kill(child) {
    if (child.pid !== undefined) killTree(child.pid)
  },
  tidy(child) {
    // Festival's sound file would stay behind with the caption in it. It is in /tmp whatever TMPDIR says.
    if (child.pid === undefined) return
    rmSync(`/tmp/audiofile_${String(child.pid).padStart(5, '0')}`, { force: true })
  },
  check: {
    command: 'festival',
    args: ['--pipe'],
    input: '(set! u (utt.synth (Utterance Text "a"))) (utt.wave.rescale u 0.0) (utt.play u)'
  }
}

/** macOS say: the text is an argument (a leading "-" would be an option), and [[…]] in it commands the synthesizer. */
const macos: SaySystem = {
  clean: (text, volumePercent) => {
    const plain = withoutSyntax(text.replace(/\[\[|\]\]/gu, ' '))
    if (plain === '' || volumePercent >= 100) return plain
    return `[[volm ${(Math.max(volumePercent, 0) / 100).toFixed(2)}]] ${plain}`
  },
  speed: (rateWpm) => Math.min(Math.max(rateWpm, 80), 450) / 175,
  kill: (child) => void child.kill(),
  tidy: () => undefined,
  check: { command: 'say', args: ['[[volm 0.00]] a'], input: '' }
}

/** Windows: the text goes into PowerShell's stdin, so it is data; the package runs PowerShell below a shell. */
const windows: SaySystem = {
  clean: (text) => withoutSyntax(text),
  // A number within -10 and 10 by the package's own arithmetic.
  speed: (rateWpm) => Math.min(Math.max(rateWpm, 80), 450) / 175,
  kill(child) {
    // Killing the shell leaves PowerShell speaking.
    if (child.pid !== undefined) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']).on('error', () => undefined)
  },
  tidy: () => undefined,
  check: {
    command: 'powershell',
    args: encodedPowerShell(
      'Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; ' +
        "$s.SetOutputToDefaultAudioDevice(); $s.Volume = 0; $s.Speak('a')"
    ),
    input: ''
  }
}

import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Utterance, VoiceInfo } from '#shared/speech.ts'
import { encodedPowerShell } from './powershell.ts'
import { powerShell, windowsProgram } from '../windows-program.ts'
import { killTree } from './process-tree.ts'
import { languageTag } from './voice-list.ts'

/** What using the `say` package safely takes on one system. */
export interface SaySystem {
  /** Text that the package can pass on without any of it being taken for syntax; empty when nothing can be said. */
  clean(utterance: Pick<Utterance, 'text' | 'volumePercent' | 'pitchPercent'>): string
  /** The voices it can be given; none where the package cannot pass one on safely. */
  list(): Promise<VoiceInfo[]>
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
  clean: ({ text }) => {
    const ascii = text
      .replace(/[‘’]/gu, "'")
      .replace(/[–—]/gu, ', ')
      .replace(/ß/gu, 'ss')
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .replace(/[^\u0020-\u007e]+/gu, ' ')
    return withoutSyntax(ascii)
  },
  list: () => Promise.resolve([]),
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
  clean: ({ text, volumePercent, pitchPercent }) => {
    const plain = withoutSyntax(text.replace(/\[\[|\]\]/gu, ' '))
    if (plain === '') return plain
    const volume = Math.min(Math.max(volumePercent, 0), 100) / 100
    // In semitones, an octave at most.
    const pitch = Math.round((Math.min(Math.max(pitchPercent, 0), 100) - 50) * 0.24)
    return [
      ...(volume < 1 ? [`[[volm ${volume.toFixed(2)}]]`] : []),
      ...(pitch === 0 ? [] : [`[[pbas ${pitch > 0 ? '+' : ''}${pitch}]]`]),
      plain
    ].join(' ')
  },
  list: async () => macosVoices((await promisify(execFile)('say', ['-v', '?'], { timeout: 3000 })).stdout),
  speed: (rateWpm) => Math.min(Math.max(rateWpm, 80), 450) / 175,
  kill: (child) => void child.kill(),
  tidy: () => undefined,
  check: { command: 'say', args: ['[[volm 0.00]] a'], input: '' }
}

/** Windows: the text goes into PowerShell's stdin, so it is data; the package runs PowerShell below a shell. */
const windows: SaySystem = {
  clean: ({ text }) => withoutSyntax(text),
  // The package would paste its name into a script.
  list: () => Promise.resolve([]),
  // A number within -10 and 10 by the package's own arithmetic.
  speed: (rateWpm) => Math.min(Math.max(rateWpm, 80), 450) / 175,
  kill(child) {
    // Killing the shell leaves PowerShell speaking.
    if (child.pid !== undefined)
      spawn(windowsProgram('taskkill.exe'), ['/pid', String(child.pid), '/t', '/f']).on('error', () => undefined)
  },
  tidy: () => undefined,
  check: {
    command: powerShell(),
    args: encodedPowerShell(
      'Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; ' +
        "$s.SetOutputToDefaultAudioDevice(); $s.Volume = 0; $s.Speak('a')"
    ),
    input: ''
  }
}

/** Lines such as `Eddy (English (UK)) en_GB    # Hello! My name is Eddy.` */
function macosVoices(output: string): VoiceInfo[] {
  return output.split('\n').flatMap((line) => {
    const [, name, language] = /^(\S.*?)\s+([a-z]{2,3}[_-]\w+)\s+#/u.exec(line) ?? []
    return name === undefined || language === undefined ? [] : [{ id: name, name, language: languageTag(language) }]
  })
}

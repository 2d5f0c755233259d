import { spawn, type ChildProcess } from 'node:child_process'
import type { Utterance, VoiceInfo } from '#shared/speech.ts'
import { endProgram } from '../programs/reaper.ts'
import { programText } from '../programs/run-program.ts'
import { encodedPowerShell, powerShell, windowsProgram } from '../programs/windows-programs.ts'
import { languageTag } from './voice-list.ts'

/** What it takes to use the `say` package safely on one system. */
export interface SaySystem {
  /** Text that the package can pass on safely, because none of it is syntax; empty if nothing is left to say. */
  clean(utterance: Pick<Utterance, 'text' | 'volumePercent' | 'pitchPercent'>): string
  /** The voices to choose from; none if the package cannot pass one on safely. */
  list(): Promise<VoiceInfo[]>
  /** The package's speed factor, or null if it must not be used. */
  speed(rateWpm: number): number | null
  /** Ends the engine and everything that plays for it. */
  kill(child: ChildProcess): void
  /** A file with what is spoken, which a killed engine leaves behind; null if there is none. */
  soundFile(pid: number): string | null
  /** A silent utterance of the same engine, without the package, which has no volume. */
  check: { command: string; args: string[]; input: string }
}

/** Null for a system that the package does not support. */
export function saySystem(system: NodeJS.Platform): SaySystem | null {
  if (system === 'linux') return linux
  if (system === 'darwin') return macos
  if (system === 'win32') return windows
  return null
}

// What ends or continues a string on any of the systems, and control characters.
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
  // Festival does not understand UTF-8, so letters lose their accents.
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
  // The package would set it with a broken Scheme string.
  speed: () => null,
  // It plays through a shell and aplay, which would keep playing if only Festival were killed.
  kill: endProgram,
  // Whatever TMPDIR says.
  soundFile: (pid) => `/tmp/audiofile_${String(pid).padStart(5, '0')}`,
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
    // In semitones, at most an octave.
    const pitch = Math.round((Math.min(Math.max(pitchPercent, 0), 100) - 50) * 0.24)
    return [
      ...(volume < 1 ? [`[[volm ${volume.toFixed(2)}]]`] : []),
      ...(pitch === 0 ? [] : [`[[pbas ${pitch > 0 ? '+' : ''}${pitch}]]`]),
      plain
    ].join(' ')
  },
  list: async () => macosVoices(await programText('say', ['-v', '?'], { timeoutMs: 3000 })),
  speed: (rateWpm) => Math.min(Math.max(rateWpm, 80), 450) / 175,
  kill: (child) => void child.kill(),
  soundFile: () => null,
  check: { command: 'say', args: ['[[volm 0.00]] a'], input: '' }
}

/** Windows: the text goes to PowerShell's stdin, so it is data; the package runs PowerShell in a shell. */
const windows: SaySystem = {
  clean: ({ text }) => withoutSyntax(text),
  // The package would paste the voice's name into a script.
  list: () => Promise.resolve([]),
  // The package turns this into a number between -10 and 10.
  speed: (rateWpm) => Math.min(Math.max(rateWpm, 80), 450) / 175,
  kill(child) {
    // If only the shell were killed, PowerShell would keep speaking.
    if (child.pid !== undefined)
      spawn(windowsProgram('taskkill.exe'), ['/pid', String(child.pid), '/t', '/f']).on('error', () => undefined)
  },
  soundFile: () => null,
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

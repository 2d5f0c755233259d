import { systemAnswer } from './system-answer.ts'

/**
 * While a program records, coreaudiod keeps the Mac awake for it, which pmset lists. Of screen sharing no program of the
 * system tells.
 */
export async function isMacMicrophoneInUse(signal: AbortSignal): Promise<boolean> {
  const pids = recordingPids(await systemAnswer('/usr/bin/pmset', ['-g', 'assertions'], { signal }))
  if (pids.length === 0) return false
  const programs = await systemAnswer('/bin/ps', ['-o', 'comm=', '-p', pids.join(',')], { signal })
  return hasListener(programs)
}

/** @param assertions a paragraph each, with "Created for PID: 821." and "Resources: audio-in …" for one that records. */
export function recordingPids(assertions: string): string[] {
  return assertions
    .split(/^ *pid (?=\d+\()/mu)
    .filter((one) => /^\s*Resources:.*\baudio-in\b/mu.test(one))
    .flatMap((one) => /Created for PID: (\d+)/u.exec(one)?.[1] ?? [])
}

/** @param programs full names, one a line. corespeechd listens for "Hey Siri" all day and does not count. */
export function hasListener(programs: string): boolean {
  return programs.split('\n').some((program) => program.trim() !== '' && !/(?:^|\/)corespeechd\s*$/u.test(program))
}

import { z } from 'zod'
import { systemAnswer } from './system-answer.ts'

/** Told by PulseAudio, or by PipeWire in its place. Errors: pactl is missing, or there is no sound server. */
export async function isMicrophoneInUse(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  const ask = (...args: string[]): Promise<string> =>
    systemAnswer('pactl', args, { signal, env: { ...env, LC_ALL: 'C' } })
  // Its JSON is newer than the systems in use, and was not valid JSON in its first years.
  const [recordings, sources] = await Promise.all([ask('list', 'source-outputs'), ask('list', 'short', 'sources')])
  const microphones = new Set([...sources.matchAll(/^(\d+)\t(?!\S+\.monitor\t)/gmu)].map((match) => match[1]))
  return recordings
    .split(/^Source Output #/mu)
    .some((recording) => microphones.has(/^\tSource: (\d+)$/mu.exec(recording)?.[1]) && isListening(recording))
}

/** Not a stream on hold, a level meter such as a volume control's, or the sound server's own loopback or filter. */
function isListening(recording: string): boolean {
  return !/^\t(?:Corked: yes|Resample method: peaks|Client: n\/a|\tstream\.monitor = "true"|\tnode\.link-group = )/mu.test(
    recording
  )
}

const nodes = z.array(
  z.object({
    info: z
      .object({ state: z.string().optional(), props: z.record(z.string(), z.unknown()).nullish() })
      .nullish()
      .catch(null)
  })
)

/** What gives out the screen under PipeWire: a stream in GNOME and Plasma, a source elsewhere. */
const videoClasses = new Set<unknown>(['Stream/Output/Video', 'Video/Source'])

/** On Wayland all sharing and recording goes by PipeWire; on X11 nobody tells. Errors: pw-dump is missing, or no PipeWire. */
export async function isScreenShared(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  const dump = nodes.parse(JSON.parse(await systemAnswer('pw-dump', [], { signal, env })))
  return dump.some(({ info }) => {
    const props = info?.props
    const isVideo = videoClasses.has(props?.['media.class'])
    return isVideo && info?.state === 'running' && props?.['media.role'] !== 'Camera' && !props?.['device.api']
  })
}

import { z } from 'zod'
import type { LogStore } from '../ports/storage.ts'
import { knownModels } from '../describing/models/models.ts'
import { providerIds, providerOf, providers, type ProviderId } from '../describing/models/providers.ts'
import { details } from '#shared/caption.ts'
import { commandIds } from '#shared/commands.ts'
import { errorCodes } from '#shared/errors.ts'

/**
 * What Descry writes into its log. Every field is a number, a yes or no, or one of a closed list of names: there is no
 * field that could hold a caption, a question, a file name, a window title or a key (test/core/log/log.test.ts walks the schema).
 */

export const programs = ['electron', 'preview', 'terminal', 'command-line'] as const
export const voiceNames = [
  'speech-dispatcher',
  'espeak-ng',
  'piper',
  'say',
  'windows-speech',
  'web-speech',
  'silent',
  'none',
  'other'
] as const
export const screenReaderNames = ['Orca', 'NVDA', 'JAWS', 'VoiceOver', 'Narrator', 'none', 'other'] as const
const surfaces = ['hotkey', 'tray', 'menu', 'window', 'terminal', 'cli', 'socket'] as const
const modelNames: readonly string[] = [
  ...new Set([...knownModels().map(({ id }) => id), ...providers.flatMap(({ models }) => models)]),
  'other'
]

/** Digits and dots only, such as 45.4.1: a kernel's full version may name its owner. */
export const versionSchema = z.string().regex(/^\d{1,5}(?:\.\d{1,5}){0,3}$/u)
/** Of the usual form, such as de or zh-Hant-TW: a tag's private part may say anything. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/u)
export const countSchema = z.number().int().min(0)
const milliseconds = z.number().min(0)

export const providerSchema = z.enum(providerIds)
export const modelSchema = z.enum(modelNames)
export const voiceSchema = z.enum(voiceNames)
export const screenReaderSchema = z.enum(screenReaderNames)
export const errorCodeSchema = z.enum(errorCodes)

export const logEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), program: z.enum(programs), screenReader: screenReaderSchema }),
  z.object({ event: z.literal('closed'), program: z.enum(programs) }),
  z.object({ event: z.literal('voice'), voice: voiceSchema }),
  z.object({ event: z.literal('voice-failure'), code: errorCodeSchema }),
  z.object({
    event: z.literal('command'),
    command: z.enum(commandIds),
    surface: z.enum(surfaces),
    /** Null when it worked. */
    code: errorCodeSchema.nullable(),
    durationMs: milliseconds
  }),
  z.object({
    event: z.literal('request'),
    /** `cached`: a caption kept from before. `local`: described on this computer. */
    outcome: z.enum(['described', 'cached', 'local', 'stopped', 'failed']),
    code: errorCodeSchema.nullable(),
    warnings: z.array(errorCodeSchema),
    provider: providerSchema,
    model: modelSchema,
    detail: z.enum(details),
    isQuestion: z.boolean(),
    /** Of the upright picture; null when it was not described. */
    widthPx: countSchema.nullable(),
    heightPx: countSchema.nullable(),
    bytesSent: countSchema.nullable(),
    prepareMs: milliseconds.nullable(),
    requestMs: milliseconds.nullable(),
    firstTokenMs: milliseconds.nullable(),
    totalMs: milliseconds
  })
])
export type LogEvent = z.infer<typeof logEventSchema>

export const logEntrySchema = z.object({ time: z.iso.datetime(), event: logEventSchema })
export type LogEntry = z.infer<typeof logEntrySchema>

export interface Log {
  /** Remembers the event, and writes it to the log file when the user turned that on. Never throws. */
  write(event: LogEvent): void
  /** The newest events of this process, oldest first, also while the log file is off. */
  recent(): readonly LogEntry[]
  /** Whether events are also written to the log file. */
  isOn(): boolean
}

/** How many events the diagnostic information tells of. */
export const mostRecent = 30

export function createLog(store: LogStore): Log {
  const entries: LogEntry[] = []
  return {
    write(event) {
      // Parsed although it is typed: this drops every field that the schema does not know.
      const entry = logEntrySchema.safeParse({ time: new Date().toISOString(), event })
      if (!entry.success) return
      entries.push(entry.data)
      if (entries.length > mostRecent) entries.shift()
      if (store.isOn()) store.append(logLine(entry.data))
    },
    recent: () => entries,
    isOn: () => store.isOn()
  }
}

/** As JSON, in one line. */
export function logLine({ time, event }: LogEntry): string {
  return JSON.stringify({ time, ...event })
}

/** The entry of a line of the log; null for what is none. */
export function readLogLine(line: string): LogEntry | null {
  try {
    const { time, ...event } = JSON.parse(line) as { time: unknown }
    return logEntrySchema.safeParse({ time, event }).data ?? null
  } catch {
    return null
  }
}

/** The value when it is on the list, else "other": whatever else it is may be private. */
export function knownName<Name extends string>(names: readonly Name[], value: string | null): Name | 'none' | 'other' {
  if (value === null) return 'none'
  return names.find((name) => name === value) ?? 'other'
}

/** The provider at an address. Its host and path are never told. */
export function knownProvider(baseUrl: string): ProviderId {
  return providerOf(baseUrl).id
}

export function knownModel(id: string): string {
  return modelNames.includes(id) ? id : 'other'
}

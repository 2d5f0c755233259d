import { z } from 'zod'
import { details, unverifiedSchema, factsSchema, sentenceSchema, stepPlaceSchema } from './caption.ts'
import { commandIds } from './commands.ts'
import { failureSchema, type Failure } from './errors.ts'
import { gridKeys, gridStepSchema, gridViewSchema } from './grid.ts'
import { privacySchema } from './privacy-rules.ts'
import { settingsChangeSchema, settingsSchema } from './settings.ts'
import { speechEventSchema, speechOrderSchema, voiceInfoSchema } from './speech.ts'
import { spentSchema } from './spent.ts'

/**
 * The contract between the window and the process behind it. The renderer sends requests and receives events; the type
 * of the handler map is derived from it. Values are JSON or Uint8Array.
 */

/** A picture, or a question about a picture, in the list. */
export const itemSchema = z.object({
  id: z.string(),
  /** ISO 8601 time of arrival. */
  at: z.string(),
  origin: z.enum(['clipboard', 'file', 'screen', 'window', 'region', 'object', 'changed', 'question', 'opinion']),
  /** Spoken and shown name: a file's name, "Clipboard picture", "Screen". */
  label: z.string(),
  /** The item whose picture this one shows; its own id unless it is a question. */
  pictureId: z.string(),
  question: z.string().nullable(),
  /** waiting: captured, not described. describing: text is still arriving. stopped: by the user. */
  state: z.enum(['waiting', 'describing', 'done', 'stopped', 'failed']),
  facts: factsSchema.nullable(),
  /** The caption so far, cleaned. */
  caption: z.string(),
  /** All sentences of the caption; the last may still be growing. */
  sentences: z.array(sentenceSchema),
  /** The caption's level of detail; null until one is requested. */
  detail: z.enum(details).nullable(),
  /** Steps of a long caption to jump to, as offsets in it; empty if there is only a summary. */
  steps: z.array(stepPlaceSchema),
  /** Text that was not found in the picture, as offsets in the caption; `nearest`: what the picture may say instead. */
  unconfirmed: z.array(unverifiedSchema),
  /** The caption quotes text that this computer could not read with confidence. */
  isTextUnchecked: z.boolean(),
  notice: z.string().nullable(),
  /** The caption has a notice (behavior B10) and must not be shown until the user asks for it. */
  isWithheld: z.boolean(),
  /** What the check before sending found and did. */
  privacy: privacySchema,
  tags: z.array(z.string()),
  model: z.string().nullable(),
  costUsd: z.number().nullable(),
  offline: z.boolean(),
  warnings: z.array(failureSchema),
  failure: failureSchema.nullable()
})
export type Item = z.infer<typeof itemSchema>

/** The current state of the whole app. */
export const statusSchema = z.object({
  settings: settingsSchema,
  /** Whether a key for settings.baseUrl is stored; `unavailable`: the system has no keychain. */
  key: z.enum(['stored', 'session', 'none', 'not-needed', 'unavailable']),
  /** Where pictures would be sent: host and port of settings.baseUrl. */
  provider: z.string(),
  sendingOn: z.boolean(),
  /** The voice in use, to display: "speech-dispatcher", "espeak-ng", "none" … */
  voice: z.string(),
  /** Name of the running screen reader, or null. */
  screenReader: z.string().nullable(),
  /** Which watchers run, and whether automatic describing is paused (more than ten pictures in a minute). */
  watching: z.object({ clipboard: z.boolean(), folders: z.array(z.string()), isPaused: z.boolean() }),
  spent: spentSchema,
  /** Global hotkeys as registered, with the reason for each that could not be. */
  hotkeys: z.array(
    z.object({ command: z.enum(commandIds), accelerator: z.string().nullable(), problem: z.string().nullable() })
  ),
  /** Which host this is, and one sentence about its limits, or null. */
  host: z.object({ name: z.enum(['electron', 'preview', 'terminal']), limits: z.string().nullable() })
})
export type Status = z.infer<typeof statusSchema>

/** Everything the window shows. `revision` counts changes: an event with a revision up to the snapshot's is old. */
export const snapshotSchema = z.object({ revision: z.number().int(), items: z.array(itemSchema), status: statusSchema })
export type Snapshot = z.infer<typeof snapshotSchema>

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

export const requests = {
  snapshot: { input: z.null(), output: snapshotSchema },
  /** An item's picture as JPEG, at most 1600 px wide and high, or 6400 px if large; null if it is gone. */
  picture: {
    input: z.object({ itemId: z.string(), isLarge: z.boolean().optional() }).strict(),
    output: bytes.nullable()
  },
  /** Runs an entry of the command table; `input` is checked against that entry. */
  run: { input: z.object({ command: z.enum(commandIds), input: z.unknown() }).strict(), output: z.unknown() },
  'change-settings': { input: settingsChangeSchema, output: statusSchema },
  /** One way only: no request returns a key. Bound to settings.baseUrl. */
  'set-key': { input: z.object({ key: z.string().trim().min(1).max(500) }).strict(), output: statusSchema },
  'remove-key': { input: z.null(), output: statusSchema },
  /** Describes a picture in the list, for the first time or again. */
  describe: { input: z.object({ itemId: z.string(), detail: z.enum(details).optional() }).strict(), output: z.null() },
  /** Providers to choose from, and the servers that currently answer on this computer. */
  providers: {
    input: z.null(),
    output: z.object({
      providers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** For Azure it contains the word RESOURCE, which the user's own resource name replaces. */
          baseUrl: z.string(),
          needsKey: z.boolean(),
          howToStart: z.string(),
          privacy: z.string(),
          defaultModel: z.string().nullable(),
          models: z.array(z.string())
        })
      ),
      servers: z.array(
        z.object({
          provider: z.string(),
          baseUrl: z.string(),
          models: z.array(z.object({ id: z.string(), seesPictures: z.boolean().nullable() }))
        })
      )
    })
  },
  /** A file that was dropped, pasted or chosen in the window. */
  'open-file': {
    input: z.object({ name: z.string().max(1000), bytes }).strict(),
    output: z.object({ itemId: z.string() })
  },
  /** The list of commands was closed: the capture from before it opened is discarded. */
  'commands-left': { input: z.null(), output: z.null() },
  /** The captured picture while a part of it is being chosen, as JPEG at most 1600 px wide; null once that is over. */
  'grid-picture': {
    input: z.object({ gridId: z.string(), view: z.number().int() }).strict(),
    output: bytes.nullable()
  },
  /** A key pressed while choosing a part; the app speaks the response. Null once that is over. */
  'grid-key': {
    input: z.object({ gridId: z.string(), key: z.enum(gridKeys) }).strict(),
    output: gridStepSchema.nullable()
  },
  /** The engines that can be chosen, in order of preference, and their voices. */
  voices: {
    input: z.null(),
    output: z.array(z.object({ engine: z.string(), voices: z.array(voiceInfoSchema) }))
  },
  /** The progress or result of a `speech` order. */
  'speech-event': { input: speechEventSchema, output: z.null() }
} as const

export const events = {
  /** A new or changed item, and the ids of items that were removed to make room. */
  item: z.object({ revision: z.number().int(), item: itemSchema, gone: z.array(z.string()) }),
  status: z.object({ revision: z.number().int(), status: statusSchema }),
  /** Text for the window's live region, once: polite for captions and progress, assertive for failures. */
  announce: z.object({ text: z.string(), urgency: z.enum(['polite', 'assertive']) }),
  /** For the voice in the window (speechSynthesis), the last resort before silence. */
  speech: speechOrderSchema,
  /** The sentence that Descry's own voice is reading, to highlight it; null if there is none. */
  reading: z.object({ sentence: z.object({ itemId: z.string(), sentenceId: z.number().int() }).nullable() }),
  /** Asks the user to choose a part of a captured picture. */
  grid: gridViewSchema.extend({ gridId: z.string() }),
  /** Sent by commands that move to a place in the window. */
  goto: z.object({ place: z.enum(['commands', 'history', 'settings', 'question', 'caption', 'open']) })
} as const

export type RequestName = keyof typeof requests
export type EventName = keyof typeof events
export type RequestInput<Name extends RequestName> = z.infer<(typeof requests)[Name]['input']>
export type RequestOutput<Name extends RequestName> = z.infer<(typeof requests)[Name]['output']>
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>

export type Envelope<Value> = { ok: true; value: Value } | { ok: false; error: Failure }

/** What a host provides: one handler per request. */
export type BridgeHandlers = {
  [Name in RequestName]: (input: RequestInput<Name>) => Promise<RequestOutput<Name>>
}

/** The API that the preload exposes as `window.descry`. */
export interface Bridge {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Envelope<RequestOutput<Name>>>
  /** Returns a function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

/** The only IPC channel for requests, and the only one for events. */
export const requestChannel = 'descry:request'
export const eventChannel = 'descry:event'

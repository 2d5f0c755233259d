import { z } from 'zod'
import { details, doubtSchema, factsSchema, sentenceSchema, stepPlaceSchema } from './caption.ts'
import { commandIds } from './commands.ts'
import { failureSchema, type Failure } from './errors.ts'
import { gridKeys, gridStepSchema, gridViewSchema } from './grid.ts'
import { settingsChangeSchema, settingsSchema } from './settings.ts'
import { speechEventSchema, speechOrderSchema, voiceInfoSchema } from './speech.ts'
import { spentSchema } from './spent.ts'

/**
 * The one contract between the window and the process behind it. The renderer calls requests and hears events; the
 * handler map's type is derived from here. Values are JSON or Uint8Array.
 */

/** One picture, or one question about a picture, in the list of what came. */
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
  /** waiting: captured, not described. describing: text still arrives. stopped: by the user. */
  state: z.enum(['waiting', 'describing', 'done', 'stopped', 'failed']),
  facts: factsSchema.nullable(),
  /** The caption so far, clean. */
  caption: z.string(),
  /** All of the caption; the last one may still be growing. */
  sentences: z.array(sentenceSchema),
  /** Of the caption; null until it was asked for. */
  detail: z.enum(details).nullable(),
  /** Steps of a long caption to jump to, as offsets in it; empty when there is nothing but a summary. */
  steps: z.array(stepPlaceSchema),
  /** What could not be found in the picture, as offsets in the caption; `nearest`: what the picture may say instead. */
  unconfirmed: z.array(doubtSchema),
  /** The caption quotes text that this computer could not read with confidence. */
  isTextUnchecked: z.boolean(),
  notice: z.string().nullable(),
  /** For its notice (behavior B10) the caption is not to be shown before the user asks for it. */
  isWithheld: z.boolean(),
  tags: z.array(z.string()),
  model: z.string().nullable(),
  costUsd: z.number().nullable(),
  offline: z.boolean(),
  warnings: z.array(failureSchema),
  failure: failureSchema.nullable()
})
export type Item = z.infer<typeof itemSchema>

/** What the whole app is doing now. */
export const statusSchema = z.object({
  settings: settingsSchema,
  /** Whether a key for settings.baseUrl is stored; `unavailable`: the system has no keychain. */
  key: z.enum(['stored', 'session', 'none', 'not-needed', 'unavailable']),
  /** Where pictures would go: host and port of settings.baseUrl. */
  provider: z.string(),
  sendingOn: z.boolean(),
  /** The voice in use, for people: "speech-dispatcher", "espeak-ng", "none" … */
  voice: z.string(),
  /** Name of the running screen reader, or null. */
  screenReader: z.string().nullable(),
  /** Which watchers run, and whether automatic describing is paused (more than ten pictures in a minute). */
  watching: z.object({ clipboard: z.boolean(), folders: z.array(z.string()), isPaused: z.boolean() }),
  spent: spentSchema,
  /** Global shortcuts as registered, with what is wrong with each that is not. */
  hotkeys: z.array(
    z.object({ command: z.enum(commandIds), accelerator: z.string().nullable(), problem: z.string().nullable() })
  ),
  /** Which host this is and one sentence about what it cannot do, or null. */
  host: z.object({ name: z.enum(['electron', 'preview', 'terminal']), limits: z.string().nullable() })
})
export type Status = z.infer<typeof statusSchema>

/** Everything the window shows. `revision` counts changes: an event with a revision up to the snapshot's is old. */
export const snapshotSchema = z.object({ revision: z.number().int(), items: z.array(itemSchema), status: statusSchema })
export type Snapshot = z.infer<typeof snapshotSchema>

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

export const requests = {
  snapshot: { input: z.null(), output: snapshotSchema },
  /** The picture of an item, as JPEG at most 1600 px wide and high, large: 6400; null when it is gone. */
  picture: {
    input: z.object({ itemId: z.string(), isLarge: z.boolean().optional() }).strict(),
    output: bytes.nullable()
  },
  /** Runs an entry of the command table; `input` is checked against that entry. */
  run: { input: z.object({ command: z.enum(commandIds), input: z.unknown() }).strict(), output: z.unknown() },
  'change-settings': { input: settingsChangeSchema, output: statusSchema },
  /** Inward only: there is no request that gives a key back. Bound to settings.baseUrl. */
  'set-key': { input: z.object({ key: z.string().trim().min(1).max(500) }).strict(), output: statusSchema },
  'remove-key': { input: z.null(), output: statusSchema },
  /** Describes a picture of the list, for the first time or again. */
  describe: { input: z.object({ itemId: z.string(), detail: z.enum(details).optional() }).strict(), output: z.null() },
  /** Providers to choose from, and the servers that answer on this computer now. */
  providers: {
    input: z.null(),
    output: z.object({
      providers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** For Azure it holds the word RESOURCE, for which the user's own resource name stands. */
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
  /** The list of commands was left: what was captured before it opened is forgotten. */
  'commands-left': { input: z.null(), output: z.null() },
  /** The captured picture of which a part is being chosen, as JPEG at most 1600 px wide; null when that is over. */
  'grid-picture': {
    input: z.object({ gridId: z.string(), view: z.number().int() }).strict(),
    output: bytes.nullable()
  },
  /** What was pressed while choosing a part; the app has the words heard. Null when that is over. */
  'grid-key': {
    input: z.object({ gridId: z.string(), key: z.enum(gridKeys) }).strict(),
    output: gridStepSchema.nullable()
  },
  /** The engines that can be chosen, in order of preference, and their voices. */
  voices: {
    input: z.null(),
    output: z.array(z.object({ engine: z.string(), voices: z.array(voiceInfoSchema) }))
  },
  /** What became of a `speech` order. */
  'speech-event': { input: speechEventSchema, output: z.null() }
} as const

export const events = {
  /** A new or changed item, and the ids of those that were let go for it. */
  item: z.object({ revision: z.number().int(), item: itemSchema, gone: z.array(z.string()) }),
  status: z.object({ revision: z.number().int(), status: statusSchema }),
  /** To be put in the window's live region, once: polite for captions and progress, assertive for failures. */
  announce: z.object({ text: z.string(), urgency: z.enum(['polite', 'assertive']) }),
  /** For the voice in the window (speechSynthesis), the last that is tried before silence. */
  speech: speechOrderSchema,
  /** The sentence that Descry's own voice is reading, to be highlighted; null when it reads none. */
  reading: z.object({ sentence: z.object({ itemId: z.string(), sentenceId: z.number().int() }).nullable() }),
  /** A part of a captured picture is to be chosen. */
  grid: gridViewSchema.extend({ gridId: z.string() }),
  /** A command that is about the window itself asks it to go there. */
  goto: z.object({ place: z.enum(['commands', 'history', 'settings', 'question', 'caption', 'open']) })
} as const

export type RequestName = keyof typeof requests
export type EventName = keyof typeof events
export type RequestInput<Name extends RequestName> = z.infer<(typeof requests)[Name]['input']>
export type RequestOutput<Name extends RequestName> = z.infer<(typeof requests)[Name]['output']>
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>

export type Envelope<Value> = { ok: true; value: Value } | { ok: false; error: Failure }

/** What a host provides: one handler a request. */
export type BridgeHandlers = {
  [Name in RequestName]: (input: RequestInput<Name>) => Promise<RequestOutput<Name>>
}

/** What the preload puts on `window.descry`. */
export interface Bridge {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Envelope<RequestOutput<Name>>>
  /** Returns a function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

/** The single IPC channel for requests, and the one for events. */
export const requestChannel = 'descry:request'
export const eventChannel = 'descry:event'

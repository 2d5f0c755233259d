import { z } from 'zod'
import { details } from './caption.ts'

/** What happens when a new picture appears on the clipboard or in a screenshot folder (Manners 6). */
export const arrivalModes = ['describe', 'ready', 'off'] as const
export type ArrivalMode = (typeof arrivalModes)[number]

/** Who speaks (R6): `auto` is the screen reader when one runs, else Descry's own voice. */
export const speakers = ['auto', 'reader', 'own', 'silent'] as const
export type Speaker = (typeof speakers)[number]

export const openAiBaseUrl = 'https://api.openai.com/v1'

export const settingsSchema = z.object({
  /** Chat Completions address without the trailing path. */
  baseUrl: z.url({ protocol: /^https?$/ }).default(openAiBaseUrl),
  model: z.string().min(1).default('gpt-4o-mini'),
  /** The address the user agreed to send pictures to; null until they have. Another baseUrl asks again. */
  sendingAllowedTo: z.string().nullable().default(null),
  whenPictureArrives: z.enum(arrivalModes).default('ready'),
  detail: z.enum(details).default('standard'),
  /** BCP 47 tag for captions; null follows the system. */
  language: z.string().nullable().default(null),
  speaker: z.enum(speakers).default('auto'),
  /** Words a minute; engines clamp to what they can do. */
  rateWpm: z.number().int().min(80).max(450).default(175),
  /** Percent of the engine's full volume. */
  volumePercent: z.number().int().min(0).max(100).default(100),
  /** 50 is the voice's own pitch. */
  pitchPercent: z.number().int().min(0).max(100).default(50),
  /** The engine to try first, by name ("espeak-ng"); null is the best one that sounds. */
  engine: z.string().nullable().default(null),
  /** A voice of that engine, by the id it lists; null follows the language. */
  voice: z.string().nullable().default(null),
  /** Loudness of Descry's short sounds; 0 switches them off. */
  earconVolumePercent: z.number().int().min(0).max(100).default(60),
  /** Folders watched for screenshots; null finds the system's own. */
  screenshotFolders: z.array(z.string()).nullable().default(null),
  /** Headers and first token; null means 20 s, or 120 s for a server on this computer. */
  firstTokenTimeoutMs: z.number().int().min(1000).max(600_000).nullable().default(null),
  /** The first-run questions were answered: the window does not ask them again. */
  isSetUp: z.boolean().default(false),
  /** Accelerators that differ from the command table's, by command id; null switches one off. */
  hotkeys: z.record(z.string(), z.string().nullable()).default({})
})

export type Settings = z.infer<typeof settingsSchema>

/**
 * Some settings, to be changed. Each stands without its default: zod's partial() keeps defaults, and changing one setting
 * would silently reset every other.
 */
export const settingsChangeSchema = z.strictObject(
  Object.fromEntries(Object.entries(settingsSchema.shape).map(([name, field]) => [name, field.unwrap().optional()]))
) as unknown as z.ZodType<Partial<Settings>>

/** Whether a setting may have this value. */
export function isSettingValue(name: keyof Settings, value: unknown): boolean {
  return settingsSchema.shape[name].safeParse(value).success
}

export const defaultSettings: Settings = settingsSchema.parse({})

/** True when the user has agreed to send pictures to the provider now chosen. */
export function isSendingOn(settings: Settings): boolean {
  return settings.sendingAllowedTo === settings.baseUrl
}

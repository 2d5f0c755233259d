import { z } from 'zod'
import { providerAddress } from './addresses.ts'
import { details, presets } from './caption.ts'
import { privacyActionOf, privacyActions, slowCheckActions, type PrivacyRules } from './privacy-rules.ts'
import { privateKinds } from './privacy.ts'

/** What happens when a new picture appears on the clipboard or in a screenshot folder (behavior B6). */
export const arrivalModes = ['describe', 'ready', 'off'] as const
export type ArrivalMode = (typeof arrivalModes)[number]

/** Who speaks (R6): `auto` is the screen reader if one is running, otherwise Descry's own voice. */
export const speakers = ['auto', 'reader', 'own', 'silent'] as const
export type Speaker = (typeof speakers)[number]

export const openAiBaseUrl = 'https://api.openai.com/v1'

/** What a notice does (behavior B10): the caption waits for a key, the notice is said after the summary, or nothing. */
export const noticePolicies = ['wait', 'say', 'ignore'] as const
export type NoticePolicy = (typeof noticePolicies)[number]

/** What happens to a request beyond the spending limit. */
export const limitPolicies = ['ask', 'local', 'stop'] as const
export type LimitPolicy = (typeof limitPolicies)[number]

/** An address is stored in one form, however it was typed. */
const baseUrl = z
  .url({ protocol: /^https?$/ })
  // An invalid address is rejected anyway.
  .overwrite((typed) => (URL.canParse(typed) ? providerAddress(typed) : typed))

/** Another model to ask. The user who names it here has agreed that pictures go there while sending is on. */
const otherModel = z.strictObject({ baseUrl, model: z.string().min(1) })
export type OtherModel = z.infer<typeof otherModel>

/** One of the user's own presets. */
const ownPreset = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .refine((name) => !presets.some((one) => one === name)),
  /** May contain {window}, {app}, {text} and {question}, which are filled in as data. */
  prompt: z.string().trim().min(1).max(2000)
})
export type OwnPreset = z.infer<typeof ownPreset>

export const settingsSchema = z.object({
  /** Chat Completions address without the trailing path. */
  baseUrl: baseUrl.default(openAiBaseUrl),
  model: z.string().min(1).default('gpt-4o-mini'),
  /** The address the user agreed to send pictures to; null until they agree. A different baseUrl asks again. */
  sendingAllowedTo: baseUrl.nullable().default(null),
  /**
   * Pictures are read for card numbers, passwords and the like before they are sent. Null until the user chooses: the app
   * reads them, and the command line does not. False also sends password fields and windows of password managers.
   */
  privacyCheck: z.boolean().nullable().default(null),
  /** What happens to a picture with something private in it, by kind, where it differs from the default. */
  privacyActions: z.partialRecord(z.enum(privateKinds), z.enum(privacyActions)).default({}),
  /** Programs and window titles that are not sent, in addition to password managers; * stands for anything. */
  privateWindows: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
  /** What happens to a picture whose check takes longer than 1.5 seconds. */
  whenCheckIsSlow: z.enum(slowCheckActions).default('wait'),
  /** Pictures for a model on this computer are checked too. */
  checkForLocalModels: z.boolean().default(false),
  whenPictureArrives: z.enum(arrivalModes).default('ready'),
  detail: z.enum(details).default('standard'),
  /** The user's own presets, in addition to the built-in ones. */
  presets: z.array(ownPreset).max(20).default([]),
  /** What a notice of each kind does. */
  notices: z
    .strictObject({
      sensitive: z.enum(noticePolicies),
      graphic: z.enum(noticePolicies),
      private: z.enum(noticePolicies)
    })
    .default({ sensitive: 'say', graphic: 'wait', private: 'say' }),
  /** Asked if the provider is down; null reads the text on this computer right away. */
  fallback: otherModel.nullable().default(null),
  /** Asked by the second opinion command. */
  secondOpinion: otherModel.nullable().default(null),
  /** A second opinion that costs more than this needs a confirmation. */
  secondOpinionLimitUsd: z.number().min(0).max(100).default(0.02),
  /** US dollars per calendar month; null is no limit. */
  monthlyLimitUsd: z.number().min(0).max(100_000).nullable().default(null),
  whenLimitReached: z.enum(limitPolicies).default('ask'),
  /** Captions are kept on this computer for 30 days, so that the same picture costs nothing again. */
  keepCaptions: z.boolean().default(true),
  /** The http(s) address in a copied HTML picture may be fetched when the user asks for the clipboard. */
  fetchCopiedPictures: z.boolean().default(false),
  /** BCP 47 tag for captions; null follows the system. */
  language: z.string().nullable().default(null),
  speaker: z.enum(speakers).default('auto'),
  /** Words per minute; engines clamp it to their range. */
  rateWpm: z.number().int().min(80).max(450).default(175),
  /** Percent of the engine's full volume. */
  volumePercent: z.number().int().min(0).max(100).default(100),
  /** 50 is the voice's own pitch. */
  pitchPercent: z.number().int().min(0).max(100).default(50),
  /** The engine to try first, by name ("espeak-ng"); null is the best one that works. */
  engine: z.string().nullable().default(null),
  /** A voice of that engine, by the id it lists; null follows the language. */
  voice: z.string().nullable().default(null),
  /** Volume of sound effects; 0 turns them off. */
  earconVolumePercent: z.number().int().min(0).max(100).default(60),
  /** Folders watched for screenshots; null finds the system's own. */
  screenshotFolders: z.array(z.string()).nullable().default(null),
  /** Timeout for headers and the first token; null means 20 s, or 120 s for a server on this computer. */
  firstTokenTimeoutMs: z.number().int().min(1000).max(600_000).nullable().default(null),
  /** The first-run questions were answered: the window does not ask them again. */
  isSetUp: z.boolean().default(false),
  /** Accelerators that differ from the command table's, by command id; null turns one off. */
  hotkeys: z.record(z.string(), z.string().nullable()).default({})
})

export type Settings = z.infer<typeof settingsSchema>

/**
 * A change to some of the settings. Defaults are removed: zod's partial() keeps them, and changing one setting would
 * silently reset all others.
 */
export const settingsChangeSchema = z.strictObject(
  Object.fromEntries(Object.entries(settingsSchema.shape).map(([name, field]) => [name, field.unwrap().optional()]))
) as unknown as z.ZodType<Partial<Settings>>

/** Whether a setting may have this value. */
export function isSettingValue(name: keyof Settings, value: unknown): boolean {
  return settingsSchema.shape[name].safeParse(value).success
}

export const defaultSettings: Settings = settingsSchema.parse({})

/** True if the user has agreed to send pictures to the chosen provider. */
export function isSendingOn(settings: Settings): boolean {
  return settings.sendingAllowedTo === settings.baseUrl
}

/** BCP 47 tag of the system's language. */
export function systemLanguage(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale
}

/** BCP 47 tag of the language for captions: the one the user chose, otherwise the system's. */
export function captionLanguageOf({ language }: Pick<Settings, 'language'>): string {
  return language ?? systemLanguage()
}

export type PrivacySettings = Pick<
  Settings,
  'privacyCheck' | 'privacyActions' | 'privateWindows' | 'whenCheckIsSlow' | 'checkForLocalModels'
>

/**
 * What pictures are checked for before they are sent; null when the user turned that off.
 *
 * @param readsByDefault Whether they are read for it as long as the user has not chosen.
 */
export function privacyRulesOf(settings: PrivacySettings, readsByDefault: boolean): PrivacyRules | null {
  const { privacyCheck, privacyActions: chosen, privateWindows, whenCheckIsSlow, checkForLocalModels } = settings
  if (privacyCheck === false) return null
  const actions = Object.fromEntries(
    privateKinds.map((kind) => [kind, privacyActionOf(chosen, kind)])
  ) as PrivacyRules['actions']
  return {
    actions,
    reads: privacyCheck ?? readsByDefault,
    privateWindows,
    whenSlow: whenCheckIsSlow,
    checksLocalProviders: checkForLocalModels
  }
}

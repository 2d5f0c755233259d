import { readFileSync } from 'node:fs'
import { arch, availableParallelism, release, totalmem } from 'node:os'
import { z } from 'zod'
import descryPackage from '../../package.json' with { type: 'json' }
import { captureWay } from '#adapters/capture/screen-capture.ts'
import { clipboardWay } from '#adapters/clipboard/clipboard.ts'
import {
  countSchema,
  knownModel,
  knownName,
  knownProvider,
  languageSchema,
  logEntrySchema,
  logLine,
  modelSchema,
  programs,
  providerSchema,
  screenReaderNames,
  screenReaderSchema,
  versionSchema,
  voiceNames,
  voiceSchema,
  type LogEntry
} from '#core/log/log.ts'
import type { Status } from '#shared/bridge.ts'
import { details } from '#shared/caption.ts'
import { commandIds, findCommand } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import { privacyActions, slowCheckActions } from '#shared/privacy-rules.ts'
import { privateKinds } from '#shared/privacy.ts'
import {
  systemLanguage,
  arrivalModes,
  limitPolicies,
  noticePolicies,
  speakers,
  type OtherModel,
  type Settings
} from '#shared/settings.ts'

/**
 * What a bug report needs to know about this computer and this Descry. As in the log, no field can hold free text: names
 * that are not on a list are "other", and of prompts, folders and addresses it is only told how many there are.
 */

const platforms = ['linux', 'darwin', 'win32', 'other'] as const
const processorTypes = ['x64', 'arm64', 'other'] as const
const distributions = [
  'arch',
  'debian',
  'elementary',
  'endeavouros',
  'fedora',
  'gentoo',
  'linuxmint',
  'manjaro',
  'nixos',
  'opensuse-leap',
  'opensuse-tumbleweed',
  'pop',
  'raspbian',
  'rhel',
  'ubuntu',
  'zorin',
  'none',
  'other'
] as const
const desktops = [
  'GNOME',
  'KDE',
  'XFCE',
  'MATE',
  'X-Cinnamon',
  'LXQt',
  'LXDE',
  'Pantheon',
  'Budgie',
  'COSMIC',
  'Unity',
  'sway',
  'Hyprland',
  'i3',
  'none',
  'other'
] as const
const amount = z.number().min(0)
const otherModel = z.strictObject({ provider: providerSchema, model: modelSchema }).nullable()

/** Under the names of the settings, so that a new setting does not compile until it is decided what is told of it. */
const settingsSummary = z.strictObject({
  baseUrl: providerSchema,
  model: modelSchema,
  /** Whether pictures may be sent to the provider. */
  sendingAllowedTo: z.boolean(),
  privacyCheck: z.boolean().nullable(),
  privacyActions: z.partialRecord(z.enum(privateKinds), z.enum(privacyActions)),
  /** How many. */
  privateWindows: countSchema,
  whenCheckIsSlow: z.enum(slowCheckActions),
  checkForLocalModels: z.boolean(),
  whenPictureArrives: z.enum(arrivalModes),
  detail: z.enum(details),
  presets: countSchema,
  notices: z.strictObject({
    sensitive: z.enum(noticePolicies),
    graphic: z.enum(noticePolicies),
    private: z.enum(noticePolicies)
  }),
  fallback: otherModel,
  secondOpinion: otherModel,
  secondOpinionLimitUsd: amount,
  monthlyLimitUsd: amount.nullable(),
  whenLimitReached: z.enum(limitPolicies),
  keepCaptions: z.boolean(),
  fetchCopiedPictures: z.boolean(),
  /** Null follows the system, or is a tag of no usual form. */
  language: languageSchema.nullable(),
  speaker: z.enum(speakers),
  rateWpm: countSchema,
  volumePercent: countSchema,
  pitchPercent: countSchema,
  engine: voiceSchema,
  /** Whether one was chosen. */
  voice: z.boolean(),
  earconVolumePercent: countSchema,
  /** How many; null finds the system's own. */
  screenshotFolders: countSchema.nullable(),
  firstTokenTimeoutMs: countSchema.nullable(),
  isSetUp: z.boolean(),
  /** The commands whose hotkeys the user changed. */
  hotkeys: z.array(z.enum(commandIds))
} satisfies Record<keyof Settings, z.ZodType>)

export const diagnosticsSchema = z.strictObject({
  program: z.enum(programs),
  versions: z.strictObject({
    descry: versionSchema,
    electron: versionSchema.nullable(),
    chromium: versionSchema.nullable(),
    node: versionSchema
  }),
  system: z.strictObject({
    platform: z.enum(platforms),
    processor: z.enum(processorTypes),
    processors: countSchema,
    memoryMb: countSchema,
    /** Of Windows, of macOS's kernel or of Linux. */
    release: versionSchema.nullable(),
    distribution: z.enum(distributions),
    distributionVersion: versionSchema.nullable(),
    desktop: z.enum(desktops),
    display: z.enum(['wayland', 'x11', 'native', 'none']),
    language: languageSchema.nullable()
  }),
  choices: z.strictObject({
    voice: voiceSchema,
    screenReader: screenReaderSchema,
    clipboard: z.enum(['native', 'x11', 'wayland', 'wayland-unwatched', 'none']),
    capture: z.enum(['native', 'x11', 'grim', 'portal', 'none']),
    textReader: z.literal('tesseract.js')
  }),
  /** Null where no keychain was asked. */
  key: z.enum(['stored', 'session', 'none', 'not-needed', 'unavailable']).nullable(),
  /** Null when no app is running. */
  watching: z.strictObject({ clipboard: z.boolean(), folders: countSchema, isPaused: z.boolean() }).nullable(),
  /** Commands whose hotkey could not be registered. */
  failedHotkeys: z.array(z.enum(commandIds)),
  settings: settingsSummary,
  isLogOn: z.boolean(),
  recent: z.array(logEntrySchema)
})
export type Diagnostics = z.infer<typeof diagnosticsSchema>

export interface DiagnosticsSource {
  program: Diagnostics['program']
  settings: Settings
  screenReader: string | null
  isLogOn: boolean
  /** The newest events, oldest first. */
  recent: readonly LogEntry[]
  /** Of the running app. */
  status?: Pick<Status, 'key' | 'voice' | 'watching' | 'hotkeys'>
  env?: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
}

export function diagnose(source: DiagnosticsSource): Diagnostics {
  const { program, settings, screenReader, status, env = process.env, platform = process.platform } = source
  const { electron, chrome, node } = process.versions
  return diagnosticsSchema.parse({
    program,
    versions: {
      descry: version(descryPackage.version),
      electron: version(electron),
      chromium: version(chrome),
      node: version(node)
    },
    system: systemSummary(platform, env),
    choices: {
      voice: knownName(voiceNames, status?.voice ?? null),
      screenReader: knownName(screenReaderNames, screenReader),
      clipboard: clipboardWay(platform, env),
      capture: captureWay(platform, env),
      textReader: 'tesseract.js'
    },
    key: status?.key ?? null,
    watching: status ? { ...status.watching, folders: status.watching.folders.length } : null,
    failedHotkeys: (status?.hotkeys ?? []).filter(({ problem }) => problem !== null).map(({ command }) => command),
    settings: summaryOf(settings),
    isLogOn: source.isLogOn,
    recent: source.recent
  })
}

/** One line for each fact, indented by what it belongs to; recent events as the log has them. */
export function diagnosticsText({ recent, ...facts }: Diagnostics): string {
  return [
    t('log.diagnostics-title'),
    ...linesOf(facts),
    'recent:',
    ...recent.map((entry) => `  ${logLine(entry)}`),
    ''
  ].join('\n')
}

function linesOf(facts: object, indent = ''): string[] {
  return Object.entries(facts).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return [`${indent}${name}:`].concat(linesOf(value, `${indent}  `))
    return [`${indent}${name}: ${Array.isArray(value) ? value.join(', ') || 'none' : String(value)}`]
  })
}

function summaryOf(settings: Settings): Diagnostics['settings'] {
  const { baseUrl, model, sendingAllowedTo, presets, fallback, secondOpinion, language, engine, voice } = settings
  return {
    ...settings,
    baseUrl: knownProvider(baseUrl),
    model: knownModel(model),
    sendingAllowedTo: sendingAllowedTo === baseUrl,
    presets: presets.length,
    privateWindows: settings.privateWindows.length,
    fallback: otherModelSummary(fallback),
    secondOpinion: otherModelSummary(secondOpinion),
    language: knownLanguage(language),
    engine: knownName(voiceNames, engine),
    voice: voice !== null,
    screenshotFolders: settings.screenshotFolders?.length ?? null,
    hotkeys: Object.keys(settings.hotkeys)
      .map(findCommand)
      .filter((id) => id !== null)
  }
}

function otherModelSummary(other: OtherModel | null): z.infer<typeof otherModel> {
  return other && { provider: knownProvider(other.baseUrl), model: knownModel(other.model) }
}

function systemSummary(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Diagnostics['system'] {
  const isLinux = platform === 'linux'
  const { ID = null, VERSION_ID } = isLinux ? readOsRelease() : {}
  const isWayland = Boolean(env.WAYLAND_DISPLAY) || env.XDG_SESSION_TYPE === 'wayland'
  const display = isWayland ? 'wayland' : env.DISPLAY ? 'x11' : 'none'
  return {
    platform: platforms.find((name) => name === platform) ?? 'other',
    processor: processorTypes.find((name) => name === arch()) ?? 'other',
    processors: availableParallelism(),
    memoryMb: Math.round(totalmem() / 1_000_000),
    release: version(release()),
    distribution: knownName(distributions, ID),
    distributionVersion: version(VERSION_ID),
    // "ubuntu:GNOME"
    desktop: knownName(desktops, isLinux ? (env.XDG_CURRENT_DESKTOP?.split(':').at(-1) ?? null) : null),
    display: isLinux ? display : 'native',
    language: knownLanguage(systemLanguage())
  }
}

function readOsRelease(): Record<string, string> {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)="?([^"\n]*)"?$/gmu)
    return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]))
  } catch {
    return {}
  }
}

/** The digits that a version begins with; null without one. */
function version(text: string | undefined): string | null {
  return /^\d{1,5}(?:\.\d{1,5}){0,3}/u.exec(text ?? '')?.[0] ?? null
}

function knownLanguage(tag: string | null): string | null {
  return languageSchema.safeParse(tag).data ?? null
}

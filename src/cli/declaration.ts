import { UsageError } from './exit-codes.ts'
import { describeOptions, sharedOptions } from './options.ts'
import { choice, flag, option, text, type CommandSyntax, type Values } from './syntax.ts'
import { t } from '#shared/messages/messages.ts'

/** The shells that `descry completion` writes for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

const files = { name: 'FILE|URL|-…', completion: 'files' } as const
const { detail, ask, preset, lang, model, privacy, offline, speak, json, 'base-url': baseUrl } = sharedOptions

const logActions = ['on', 'off', 'show'] as const

/**
 * The commands that only the command line has. Those for the running Descry come from the command table
 * (table-syntax.ts). Parsing, usage errors, help, completion and the man page are all derived from here.
 */
export const declared = {
  describe: {
    name: 'describe',
    help: 'cli.describe.help',
    exit: 'cli.exit.describing',
    about: ['cli.describe.about', 'cli.describe.about-parts'],
    operand: { ...files, missing: 'cli.needs-picture' },
    options: describeOptions
  },
  batch: {
    name: 'batch',
    help: 'cli.batch.help',
    exit: 'cli.exit.describing',
    about: ['cli.batch.about', 'cli.batch.about-interrupting'],
    operand: {
      name: 'FOLDER',
      completion: 'folders',
      max: 1,
      missing: 'cli.batch.needs-folder'
    },
    tooMany: 'cli.batch.needs-folder',
    options: {
      out: { ...text('FILE', 'cli.option.out', { completion: 'files' }), missing: 'cli.batch.needs-out' },
      recursive: flag('cli.option.recursive'),
      write: flag('cli.option.write'),
      api: choice('cli.option.api', ['batch']),
      'max-cost': option('USD', 'cli.option.max-cost', amount),
      yes: flag('cli.option.yes'),
      detail,
      ask,
      preset,
      lang,
      model,
      'base-url': baseUrl,
      privacy,
      offline,
      speak,
      // The error says what to do instead.
      json: { ...json, isHidden: true }
    }
  },
  compare: {
    name: 'compare',
    help: 'cli.compare.help',
    exit: 'cli.exit.comparing',
    about: ['cli.compare.about'],
    operand: { ...files, missing: 'cli.needs-picture' },
    options: {
      models: { ...text('A,B,…', 'cli.option.models'), missing: 'cli.compare.needs-models' },
      html: text('FILE', 'cli.option.html', { completion: 'files' }),
      yes: flag('cli.option.yes'),
      detail,
      ask,
      preset,
      lang,
      'base-url': baseUrl,
      privacy,
      json
    }
  },
  terminal: {
    name: 'terminal',
    help: 'terminal.command.help',
    about: ['terminal.command.about'],
    operand: { name: 'FILE|URL…', completion: 'files' },
    options: {}
  },
  watch: {
    name: 'watch',
    help: 'cli.watch.help',
    about: ['cli.watch.about'],
    operand: { name: 'pause', completion: ['pause'], max: 1 },
    tooMany: 'cli.takes-no-file',
    options: { auto: flag('cli.option.auto'), offline, model, 'base-url': baseUrl }
  },
  key: {
    name: 'key',
    help: 'cli.key.help',
    about: ['cli.key.about'],
    operand: { name: 'set|remove|status', completion: ['set', 'remove', 'status'], missing: 'cli.key.one-of' },
    options: { 'base-url': { ...baseUrl, help: 'cli.option.key-base-url' } }
  },
  say: {
    name: 'say',
    help: 'cli.say.help',
    operand: { name: 'TEXT…|-', missing: 'cli.say.needs-text' },
    options: {
      lang: { ...lang, help: 'cli.option.text-lang' },
      rate: text('80-450', 'cli.option.rate'),
      pitch: text('0-100', 'cli.option.pitch'),
      volume: text('0-100', 'cli.option.volume'),
      engine: text('NAME', 'cli.option.engine'),
      voice: text('ID', 'cli.option.voice')
    }
  },
  voices: {
    name: 'voices',
    help: 'cli.voices.help',
    options: { lang: { ...lang, help: 'cli.option.voices-lang' }, json: { ...json, help: 'cli.option.json-array' } }
  },
  languages: {
    name: 'languages',
    help: 'cli.languages.help',
    about: ['cli.languages.about'],
    operand: { name: 'add|remove…', completion: ['add', 'remove'] },
    options: {
      mirror: option('URL', 'cli.option.mirror', address),
      yes: flag('cli.option.yes'),
      json: { ...json, help: 'cli.option.json-array' }
    }
  },
  doctor: {
    name: 'doctor',
    help: 'cli.doctor.help',
    exit: 'cli.exit.doctor',
    about: ['cli.doctor.about'],
    options: {
      send: flag('cli.option.send'),
      offline,
      json: { ...json, help: 'cli.option.json-object' },
      model,
      'base-url': baseUrl
    }
  },
  spent: {
    name: 'spent',
    help: 'commands.spent.help',
    about: ['cli.spent.about'],
    options: { json: { ...json, help: 'cli.option.spent-json' } }
  },
  sent: {
    name: 'sent',
    help: 'commands.sent.help',
    about: ['cli.sent.about'],
    options: { json: { ...json, help: 'cli.option.sent-json' } }
  },
  'clear-sent': { name: 'clear-sent', help: 'commands.clear-sent.help', options: {} },
  forget: { name: 'forget', help: 'cli.forget.help', about: ['cli.forget.about'], options: {} },
  log: {
    name: 'log',
    help: 'cli.log.help',
    about: ['cli.log.about'],
    operand: { name: logActions.join('|'), completion: logActions, max: 1, missing: 'cli.log.one-of' },
    tooMany: 'cli.log.one-of',
    options: {}
  },
  diagnostics: {
    name: 'diagnostics',
    help: 'cli.diagnostics.help',
    about: ['cli.diagnostics.about'],
    options: {}
  },
  completion: {
    name: 'completion',
    help: 'cli.completion.help',
    about: ['cli.completion.about'],
    operand: {
      name: shells.join('|'),
      completion: shells,
      max: 1,
      missing: 'cli.completion.needs-shell'
    },
    tooMany: 'cli.completion.needs-shell',
    options: {}
  },
  man: { name: 'man', help: 'cli.man.help', about: ['cli.man.about'], options: {} },
  help: { name: 'help', help: 'cli.help.help', operand: { name: 'COMMAND', max: 1 }, options: {} }
} satisfies Record<string, CommandSyntax>

export type DeclaredName = keyof typeof declared
export type ValuesOf<Name extends DeclaredName> = Values<(typeof declared)[Name]['options']>

/** An http or https address. */
function address(typed: string, option: string): string {
  if (!/^https?:\/\/[^/]/u.test(typed) || !URL.canParse(typed))
    throw new UsageError(t('cli.not-an-address', { name: option }))
  return typed
}

/** US dollars, zero or more. */
function amount(typed: string): number {
  const usd = typed.trim() === '' ? NaN : Number(typed)
  if (!(usd >= 0)) throw new UsageError(t('cli.not-an-amount'))
  return usd
}

/** What Electron's installer is given for its download, and what its failure means. */
import { printable } from '#shared/printable.ts'
import { t } from '#shared/messages/messages.ts'

type Environment = NodeJS.ProcessEnv

/** npm hands its settings to scripts as variables, an unset one as "null" in some versions. */
function firstOf(env: Environment, ...names: string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value && value !== 'null')
}

function proxyOf(env: Environment): string | undefined {
  return firstOf(
    env,
    'https_proxy',
    'HTTPS_PROXY',
    'npm_config_https_proxy',
    'npm_config_proxy',
    'http_proxy',
    'HTTP_PROXY'
  )
}

/**
 * The environment of the installer. It downloads with @electron/get, which uses a proxy only when told to
 * (node_modules/@electron/get/dist/proxy.js), and knows nothing of npm's settings. A proxy that looks into connections signs
 * with a certificate of its own, which is often among the system's.
 */
export function downloadEnvironment(env: Environment): Environment {
  const proxy = proxyOf(env)
  const noProxy = firstOf(env, 'no_proxy', 'NO_PROXY', 'npm_config_noproxy')
  const certificates = firstOf(env, 'NODE_EXTRA_CA_CERTS', 'npm_config_cafile')
  return {
    ...env,
    NODE_USE_SYSTEM_CA: env.NODE_USE_SYSTEM_CA ?? '1',
    ...(certificates && { NODE_EXTRA_CA_CERTS: certificates }),
    ...(proxy && { https_proxy: proxy, http_proxy: proxy, ELECTRON_GET_USE_PROXY: '1' }),
    ...(noProxy && { no_proxy: noProxy })
  }
}

const mark = 'descry: download failed: '

/** For `node --import`: the installer prints that a request failed, and not why, which is the error's cause. */
export const causeReporter = `data:text/javascript,${encodeURIComponent(`
  const { fetch } = globalThis
  globalThis.fetch = async (address, options) => {
    try {
      return await fetch(address, options)
    } catch (error) {
      const { code, message } = error.cause ?? error
      console.error(${JSON.stringify(mark)} + JSON.stringify({ host: new URL(address).host, code, message }))
      throw error
    }
  }`)}`

interface FailedRequest {
  host: string
  code?: string
  message?: string
}

function failedRequest(output: string): FailedRequest | null {
  const line = output.split('\n').findLast((one) => one.startsWith(mark))
  return line ? (JSON.parse(line.slice(mark.length)) as FailedRequest) : null
}

const certificateError = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS/u

/**
 * One sentence about why the installer failed.
 *
 * @param output the end of what it wrote to stderr.
 * @param env as for downloadEnvironment.
 */
export function downloadFailure(output: string, env: Environment): string {
  if (/checksum/iu.test(output)) return t('shell.download.checksum')
  const refused = /Response code (\d+) .* for (https?:\/\/\S+)/u.exec(output)
  if (refused) return t('shell.download.refused', { host: new URL(refused[2] ?? '').host, status: refused[1] ?? '' })
  const full = /\b(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOTDIR)\b/u.exec(output)?.[1]
  if (full) return t('shell.download.not-saved', { code: full })

  const request = failedRequest(output)
  // The last line that is not about a place in the code.
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v|^\s*[{}^]/u.test(line))
  if (!request) return t('shell.download.failed', { detail: printable(lines.at(-1)?.trim() ?? '') })
  const { host } = request
  const detail = printable(request.code ?? request.message ?? '')
  if (certificateError.test(detail)) return t('shell.download.certificate', { host, detail })
  const proxy = URL.parse(proxyOf(env) ?? '')?.host
  return proxy ? t('shell.download.proxy', { proxy, detail }) : t('shell.download.unreachable', { host, detail })
}

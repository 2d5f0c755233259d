import type { SourcePicture } from '../describing/request.ts'
import type { SendPreview } from '../describing/send-preview.ts'
import { providerName } from '#core/describing/models/providers.ts'
import { quotedTitle } from '#core/describing/prompts/prompts.ts'
import { maskText } from '#core/privacy/private-text.ts'
import { failureText } from '#shared/errors.ts'
import { formatBytes } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { hiddenNotice, type PrivateKind } from '#shared/privacy.ts'
import { dollars } from '#shared/spent.ts'

/**
 * The answer to "What would be sent?": where it goes, the picture, what goes with it, what is hidden, the price.
 *
 * @param hiddenKinds What is left out of texts.
 */
export function previewSentence(
  preview: SendPreview,
  { windowTitle, applicationName }: Pick<SourcePicture, 'windowTitle' | 'applicationName'>,
  hiddenKinds: ReadonlySet<PrivateKind>
): string {
  if ('failure' in preview)
    return preview.failure === null ? t('privacy.would-send-nothing') : failureText(preview.failure)
  const { request, baseUrl, estimateUsd } = preview
  const { picture, model, prompt, hidden = [] } = request
  const [name, host] = [providerName(baseUrl), new URL(baseUrl).host]
  // Looked for in the prompt, since not every request takes it along, nor all of it.
  const sent = (text: string | null): text is string => text !== null && prompt.includes(quotedTitle(text))
  const title = [windowTitle, windowTitle && maskText(windowTitle, hiddenKinds)].find(sent)
  return [
    t('privacy.would-send', {
      provider: name === host ? host : t('privacy.provider-at', { name, host }),
      model,
      width: picture.width,
      height: picture.height,
      size: formatBytes(picture.bytes.byteLength)
    }),
    ...(title === undefined ? [] : [t('privacy.would-send-title', { title })]),
    ...(sent(applicationName) ? [t('privacy.would-send-program', { program: applicationName })] : []),
    ...(hidden.length > 0 ? [hiddenNotice(hidden)] : []),
    estimateUsd === null ? t('privacy.price-unknown') : t('privacy.price', { cost: dollars(estimateUsd) })
  ].join(' ')
}

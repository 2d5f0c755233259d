import type { SourcePicture } from '../describing/request.ts'
import type { SendPreview } from '../describing/send-preview.ts'
import { providerName } from '#core/describing/models/providers.ts'
import { maskText } from '#core/privacy/private-text.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { failureText } from '#shared/errors.ts'
import { formatBytes } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { hiddenNotice, privateKinds } from '#shared/privacy.ts'
import { dollars } from '#shared/spent.ts'

/** The answer to "What would be sent?": where it goes, the picture, what goes with it, what is hidden, the price. */
export function previewSentence(
  { request, failure, privacy, model, baseUrl }: SendPreview,
  { windowTitle, applicationName }: Pick<SourcePicture, 'windowTitle' | 'applicationName'>
): string {
  if (request === null) return failure === null ? t('privacy.would-send-nothing') : failureText(failure)
  const { picture } = request
  const [name, host] = [providerName(baseUrl), new URL(baseUrl).host]
  const costUsd = estimateCostUsd(model, baseUrl, picture, 'standard')
  const title = windowTitle === null ? null : maskText(windowTitle, new Set(privateKinds))
  return [
    t('privacy.would-send', {
      provider: name === host ? host : t('privacy.provider-at', { name, host }),
      model,
      width: picture.width,
      height: picture.height,
      size: formatBytes(picture.bytes.byteLength)
    }),
    ...(title === null ? [] : [t('privacy.would-send-title', { title })]),
    ...(applicationName === null ? [] : [t('privacy.would-send-program', { program: applicationName })]),
    ...(privacy.hidden.length > 0 ? [hiddenNotice(privacy.hidden)] : []),
    costUsd === null ? t('privacy.price-unknown') : t('privacy.price', { cost: dollars(costUsd) })
  ].join(' ')
}

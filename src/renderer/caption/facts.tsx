import type { ReactNode } from 'react'
import type { Item } from '#shared/bridge.ts'
import type { LocalFacts } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'
import { dollars } from '#shared/spent.ts'

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function kindOf({ isBlank, blankColor, kind }: LocalFacts): string {
  if (!isBlank) return t(`window.kind.${kind}`)
  return blankColor === null ? t('window.facts.blank') : t('window.facts.blank-color', { color: blankColor })
}

/** Information about a picture besides its caption. Shown, but never spoken unprompted (behavior B1). */
export function Facts({ item }: { item: Item }): ReactNode {
  const { facts } = item
  const hasAny = facts !== null || item.notice !== null || item.tags.length > 0 || item.model !== null
  if (!hasAny) return null
  return (
    <section aria-labelledby="facts-title" className="facts">
      <h3 id="facts-title">{t('window.facts')}</h3>
      <dl>
        {item.notice && <Fact name={t('window.facts.notice')}>{item.notice}</Fact>}
        {facts && (
          <>
            <Fact name={t('window.facts.size')}>
              {t('window.facts.pixels', { width: facts.width, height: facts.height })}
            </Fact>
            <Fact name={t('window.facts.kind')}>{kindOf(facts)}</Fact>
            {facts.codes.map(({ format, text }) => (
              <Fact key={`${format} ${text}`} name={t('window.facts.code', { format })}>
                {text}
              </Fact>
            ))}
          </>
        )}
        {item.tags.length > 0 && <Fact name={t('window.facts.tags')}>{item.tags.join(', ')}</Fact>}
        {item.model && <Fact name={t('window.facts.model')}>{item.model}</Fact>}
        {item.costUsd !== null && <Fact name={t('window.facts.cost')}>{dollars(item.costUsd)}</Fact>}
        {facts?.text && <Fact name={t('window.facts.words')}>{facts.text.split(/\s+/u).length}</Fact>}
        {facts?.text && (
          <Fact name={t('window.facts.text')}>
            <span className="read-text">{facts.text}</span>
          </Fact>
        )}
      </dl>
    </section>
  )
}

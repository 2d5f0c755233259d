import type { ReactNode } from 'react'
import type { Item } from '#shared/bridge.ts'
import { dollars } from '#shared/spent.ts'

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What is known about a picture beside its caption. Shown, never spoken unasked (behavior B1). */
export function Facts({ item }: { item: Item }): ReactNode {
  const { facts } = item
  const hasAny = facts !== null || item.notice !== null || item.tags.length > 0 || item.model !== null
  if (!hasAny) return null
  return (
    <section aria-labelledby="facts-title" className="facts">
      <h3 id="facts-title">About this picture</h3>
      <dl>
        {item.notice && <Fact name="Notice">{item.notice}</Fact>}
        {facts && (
          <>
            <Fact name="Size">
              {facts.width} by {facts.height} pixels
            </Fact>
            <Fact name="Kind">
              {facts.isBlank ? `Blank${facts.blankColor ? `, ${facts.blankColor}` : ''}` : facts.kind}
            </Fact>
            {facts.codes.map(({ format, text }) => (
              <Fact key={`${format} ${text}`} name={`Code (${format})`}>
                {text}
              </Fact>
            ))}
          </>
        )}
        {item.tags.length > 0 && <Fact name="Tags">{item.tags.join(', ')}</Fact>}
        {item.model && <Fact name="Model">{item.model}</Fact>}
        {item.costUsd !== null && <Fact name="Cost">{dollars(item.costUsd)}</Fact>}
        {facts?.text && <Fact name="Words">{facts.text.split(/\s+/u).length}</Fact>}
        {facts?.text && (
          <Fact name="Text read on this computer">
            <span className="read-text">{facts.text}</span>
          </Fact>
        )}
      </dl>
    </section>
  )
}

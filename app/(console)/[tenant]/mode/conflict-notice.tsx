import { Notice } from "#components/feedback/notice.tsx";
import { MODE_TEXTS } from "#components/routing/mode-texts.ts";
import { Button } from "#components/ui/button.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { TIER_TEXTS } from "./tiers.ts";

interface ConflictNoticeProps {
  /** The version that the person looked at. */
  basedOn: number;
  /** What is published meanwhile; null when it could not be read. */
  published: ModeDto | null;
  onReload: () => void;
}

/** Somebody else was faster: says who and what, and applies nothing. */
export function ConflictNotice({ basedOn, published, onReload }: ConflictNoticeProps) {
  const title = published
    ? `Somebody else published version ${published.routeVersion} meanwhile`
    : "Somebody else published another version meanwhile";
  return (
    <Notice
      tone="warn"
      role="alert"
      title={title}
      actions={
        <Button onClick={onReload}>{published ? `Reload with version ${published.routeVersion}` : "Reload"}</Button>
      }
    >
      <p>
        {published && (
          <>
            {published.publishedBy} published {MODE_TEXTS[published.mode].title}
            {published.mode === "platform-managed" && <> with {TIER_TEXTS[published.tier].title}</>} on{" "}
            <span className="figures">{formatDateTime(published.publishedAt)}</span>
            {published.note && <>: “{published.note}”</>}.{" "}
          </>
        )}
        Your change was made on version {basedOn} and has not been applied. Reload to compare with what is in use now.
      </p>
    </Notice>
  );
}

import type { ComponentChildren } from 'preact';
import type { ManagedBy } from '../api/schema';
import { owners } from '../text/en';
import { Banner } from './Banner';
import { Icon } from './Icon';

/** Whether this page may write the object. */
export function editable(managedBy: ManagedBy | undefined): boolean {
  return managedBy?.editable !== false;
}

/** To the object on the tool's own page. The address comes over the wire, so it is looked at before it is a link. */
export function OwnerLink({ managedBy: { owner, link = '' } }: { readonly managedBy: ManagedBy }) {
  return /^https?:\/\//.test(link) ? (
    <a class="button small" href={link} target="_blank" rel="noopener noreferrer nofollow">
      <Icon name="link" />
      <span>{owners.open(owners.names[owner])}</span>
    </a>
  ) : null;
}

export function OwnerBadge({ managedBy }: { readonly managedBy: ManagedBy | undefined }) {
  if (managedBy === undefined) {
    return <span class="muted">–</span>;
  }
  const name = owners.names[managedBy.owner];
  return (
    <span class="badge owner" title={owners.managed(owners.of[managedBy.owner], managedBy.name ?? '')}>
      {!managedBy.editable && <Icon name="lock" size={12} />} {name}
    </span>
  );
}

/** Above a form: who owns the object, and what that means for saving. */
export function OwnerBanner({ managedBy, actions }: { readonly managedBy: ManagedBy | undefined; readonly actions?: ComponentChildren }) {
  if (managedBy === undefined) {
    return null;
  }
  if (managedBy.editable) {
    return <Banner tone="info">{owners.note(owners.names[managedBy.owner])}</Banner>;
  }
  return (
    <Banner
      tone="warn"
      title={owners.managed(owners.of[managedBy.owner], managedBy.name ?? '')}
      actions={
        <>
          {actions}
          <OwnerLink managedBy={managedBy} />
        </>
      }
    >
      {owners.changeInGit}
    </Banner>
  );
}

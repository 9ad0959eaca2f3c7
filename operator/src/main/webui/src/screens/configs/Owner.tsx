import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { OwnerBanner } from '../../parts/Ownership';
import { mergePatch, toYaml } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { asks as words } from '../../text/en/configs';

/** Who owns the object, where that is somebody else: what to do here then. */
export function Owner({ editor }: { readonly editor: ConfigEditor }) {
  const config = editor.config.value;
  const owner = config?.managedBy;
  if (config === undefined || owner === undefined) {
    return null;
  }
  const changed = editor.changes.value.length > 0;
  return (
    <OwnerBanner
      managedBy={owner}
      actions={
        <>
          <Copy label={words.copyYaml} text={() => editor.draftYaml()} />
          {changed ? <Copy label={words.copyPatch} text={() => Promise.resolve(patchYaml(editor))} /> : <Button small icon="copy" off={words.noPatch}>{words.copyPatch}</Button>}
          {changed && <Button small onClick={() => editor.discard()}>{words.discardDraft}</Button>}
        </>
      }
    />
  );
}

/** What differs, as a patch that kustomize takes. */
export function patchYaml(editor: ConfigEditor): string {
  const config = editor.config.peek();
  const spec = mergePatch(editor.base.peek(), editor.draft.peek());
  const metadata = { name: config?.name, namespace: config?.namespace };
  return `${toYaml({ apiVersion: 'llmconfig.dev/v1alpha1', kind: 'ModelConfig', metadata, spec })}\n`;
}

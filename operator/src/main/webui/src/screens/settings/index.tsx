import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../../parts/Banner';
import { Screen } from '../../parts/Screen';
import { Select } from '../../parts/Select';
import { loadFacts } from '../../state/facts';
import { namespaces } from '../../state/namespaces';
import { rightsKnown } from '../../state/permissions';
import { keyRing, standalone } from '../../state/session';
import { keys as store } from '../../state/stores';
import { namespace } from '../../state/ui';
import { keyForm, settings, shell } from '../../text/en';
import { KeySection } from './KeySection';
import { ModelSection } from './ModelSection';
import './settings.css';

/** The shortest way from a key to a model that answers; the other screens have the rest. */
export default function Settings() {
  useEffect(() => void loadFacts(), []);
  const [chosen, setChosen] = useState('');
  const where = standalone.value ? 'default' : namespace.value || chosen;
  const listed = store.shown.value;
  // Not one moment without a form for who may fill it in.
  const ready = listed.kind === 'empty' || listed.kind === 'ready' ? (where === '' || rightsKnown(where) ? 'ready' : 'loading') : undefined;
  return (
    <Screen
      title={settings.title}
      state={ready === undefined ? listed : { kind: ready }}
      retry={() => void store.refresh()}
      above={
        <>
          {!keyRing.value && <Banner tone="warn">{shell.noKeyRing}</Banner>}
          {!standalone.value && namespace.value === '' && (
            <div class="settings-where">
              <Select
                label={settings.namespace}
                value={chosen}
                options={[
                  { value: '', label: keyForm.chooseNamespace },
                  ...namespaces.value.map((one) => ({ value: one.name, label: one.name, off: !one.watched })),
                ]}
                onChange={setChosen}
              />
            </div>
          )}
        </>
      }
    >
      {where !== '' && (
        <div class="settings">
          <KeySection key={`keys ${where}`} where={where} />
          <ModelSection key={`model ${where}`} where={where} />
        </div>
      )}
    </Screen>
  );
}
